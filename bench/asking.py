"""Asks the upload check as a platform does: a connection for each question, the picture as the body."""

import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlsplit

from bench.photographs import Photograph

PATH = "/api/upload-check"
_PATIENCE_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer: how long it took, and what was wrong with it, if anything."""

    took_ms: float
    wrong: str = ""


class Asker:
    """A platform with its token. Safe to use from many threads."""

    def __init__(self, *, origin: str, token: str) -> None:
        self._where = urlsplit(origin)
        self._token = token
        self._numbers = count(1)
        self._lock = threading.Lock()

    def ask_all(self, photographs: Sequence[Photograph], *, at_once: int) -> list[Reply]:
        """All of them, `at_once` side by side, each of these asking its next as soon as it has its answer."""
        with ThreadPoolExecutor(at_once) as threads:
            return list(threads.map(self.ask, photographs))

    def ask(self, photograph: Photograph) -> Reply:
        """From before the connection to the last byte of the answer."""
        began_s = time.perf_counter()
        try:
            status, body = self._post(photograph.data)
        except (OSError, HTTPException) as trouble:
            return _reply(began_s, f"no answer: {type(trouble).__name__}")
        reply = _reply(began_s, "")
        return Reply(took_ms=reply.took_ms, wrong=_what_is_wrong(status, body, photograph))

    def _post(self, data: bytes) -> tuple[int, bytes]:
        connection = HTTPConnection(str(self._where.hostname), self._where.port, timeout=_PATIENCE_S)
        try:
            connection.request("POST", PATH, body=data, headers=self._headers())
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        with self._lock:
            number = next(self._numbers)
        return {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "image/jpeg",
            "X-Post-Id": f"bench-{number}",
        }


def _reply(began_s: float, wrong: str) -> Reply:
    return Reply(took_ms=1000 * (time.perf_counter() - began_s), wrong=wrong)


def _what_is_wrong(status: int, body: bytes, photograph: Photograph) -> str:
    if status != 200:
        return f"status {status}: {body[:200].decode(errors='replace')}"
    publish = json.loads(body)["publish"]
    return "" if publish is photograph.publish else f"publish is {publish}, which is not so"
