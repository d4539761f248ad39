"""Before it publishes, the board may ask somebody else: here are the bytes, may they be shown?"""

import json
import socket
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from sandbox_platform.messages import RefusedError
from sandbox_platform.settings import Settings, WhenDown

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


def check(*, settings: Settings, post_id: str, picture: bytes, media_type: str) -> None:
    """Refuse the upload (403, or 503 when the checker is down and the board is told to stay closed)."""
    if settings.upload_hook_url is None:
        return
    publish = _asked(settings=settings, post_id=post_id, picture=picture, media_type=media_type)
    if publish is False:
        message = "The check before publication refused this picture."
        raise RefusedError(status=403, code="refused_by_check", message=message)
    if publish is None and settings.upload_hook_when_down == WhenDown.CLOSED:
        message = "The check before publication gave no usable answer. Please try again later."
        headers = {"Retry-After": str(settings.retry_after_s)}
        raise RefusedError(status=503, code="check_unavailable", message=message, headers=headers)


def _asked(*, settings: Settings, post_id: str, picture: bytes, media_type: str) -> bool | None:
    assert settings.upload_hook_url is not None
    parts = urlsplit(settings.upload_hook_url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    headers = {"Content-Type": media_type, "X-Post-Id": post_id, "User-Agent": "sandbox-platform"}
    if settings.upload_hook_token is not None:
        headers["Authorization"] = f"Bearer {settings.upload_hook_token}"
    question = Question(
        connection=kind(str(parts.hostname), parts.port, timeout=max(settings.upload_hook_timeout_s, 0.01)),
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        headers=headers,
        picture=picture,
    )
    thread = threading.Thread(target=question.ask, daemon=True)
    thread.start()
    thread.join(timeout=settings.upload_hook_timeout_s)
    if thread.is_alive():
        question.cut()
        return None
    return question.publish
