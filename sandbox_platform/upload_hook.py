"""Before it publishes, the board may ask somebody else: here are the bytes, may they be shown?"""

import json
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from sandbox_platform.messages import RefusedError
from sandbox_platform.settings import Settings, WhenDown
from sandbox_platform.upload_checks import Outcome

LONGEST_ANSWER_BYTES = 64 * 1024


@dataclass(kw_only=True)
class Question:
    """One call to the checker. `publish` stays None while there is no usable answer, whatever the cause."""

    connection: HTTPConnection
    target: str
    headers: dict[str, str]
    picture: bytes
    publish: bool | None = field(default=None)

    def ask(self) -> None:
        try:
            self.connection.request("POST", self.target, body=self.picture, headers=self.headers)
            answer = self.connection.getresponse()
            facts = json.loads(answer.read(LONGEST_ANSWER_BYTES)) if answer.status == 200 else None
        except (OSError, HTTPException, ValueError, RecursionError):
            return
        finally:
            self.connection.close()
        if isinstance(facts, dict) and isinstance(facts.get("publish"), bool):
            self.publish = facts["publish"]

    def cut(self) -> None:
        """End a call that outlived its time, also one that keeps dripping bytes."""
        connected = self.connection.sock
        if connected is not None:
            try:
                connected.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself in this very moment


def ask(*, settings: Settings, picture: bytes, headers: Mapping[str, str]) -> tuple[Outcome, float]:
    """What is to be done with the picture, and the milliseconds that it took to know. Needs a hook's address."""
    began_s = time.monotonic()
    publish = _asked(settings=settings, picture=picture, headers=headers)
    elapsed_ms = round((time.monotonic() - began_s) * 1000, 3)
    if publish is not None:
        return (Outcome.PUBLISH if publish else Outcome.REFUSED), elapsed_ms
    is_open = settings.upload_hook_when_down == WhenDown.OPEN
    return (Outcome.NO_ANSWER_PUBLISHED if is_open else Outcome.NO_ANSWER_CLOSED), elapsed_ms


def refusal(*, settings: Settings, outcome: Outcome) -> RefusedError:
    """403, or 503 when the checker is down and the board is told to stay closed."""
    if outcome == Outcome.REFUSED:
        message = "The check before publication refused this picture."
        return RefusedError(status=403, code="refused_by_check", message=message)
    message = "The check before publication gave no usable answer. Please try again later."
    headers = settings.retry_headers
    return RefusedError(status=503, code="check_unavailable", message=message, headers=headers)


def _asked(*, settings: Settings, picture: bytes, headers: Mapping[str, str]) -> bool | None:
    assert settings.upload_hook_url is not None
    parts = urlsplit(settings.upload_hook_url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    token = settings.upload_hook_token
    question = Question(
        connection=kind(str(parts.hostname), parts.port, timeout=max(settings.upload_hook_timeout_s, 0.01)),
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        headers={**headers, **({"Authorization": f"Bearer {token}"} if token is not None else {})},
        picture=picture,
    )
    thread = threading.Thread(target=question.ask, daemon=True)
    thread.start()
    thread.join(timeout=settings.upload_hook_timeout_s)
    if thread.is_alive():
        question.cut()
        return None
    return question.publish
