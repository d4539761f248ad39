"""An operator on loopback that does as it is told and writes down everything that it was asked, with key and digest.

It speaks both ways of being asked that are tried here: the interface of the sandbox platform, which can be asked what
became of a request, and signed messages, which cannot.
"""

import hashlib
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BY_KEY = "/operator/v1/deletion-requests/by-key/"
REQUESTS = "/operator/v1/deletion-requests"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request to delete that arrived whole. Times are monotonic seconds; `number` counts from 1 for its key."""

    key: str
    digest: str
    at_s: float
    number: int


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What comes back. `after_s`: it keeps us waiting so long. `lost`: it does as asked, and the answer never comes."""

    status: int = 200
    fields: Mapping[str, Any] | bytes = field(default_factory=lambda: {"answer": "received"})
    headers: Mapping[str, str] = field(default_factory=dict)
    after_s: float = 0.0
    lost: bool = False

    @property
    def body(self) -> bytes:
        return self.fields if isinstance(self.fields, bytes) else json.dumps(dict(self.fields)).encode()


@dataclass(kw_only=True)
class Platform:
    """`answers` decides for each request. What it `did` counts by key how often it acted, whoever knew of it.

    With `forgetful` it says 404 when it is asked what became of something, although it did it.
    """

    origin: str = ""
    answers: Callable[[Asked], Reply] = lambda _asked: Reply()
    forgetful: bool = False
    asked: list[Asked] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._writing = threading.Lock()
        self._times: Counter[str] = Counter()
        self._in_flight: Counter[str] = Counter()

    def seen(self) -> list[tuple[str, str]]:
        return [(one.key, one.digest) for one in self.asked]

    def take(self, key: str, body: bytes) -> Reply:
        """One request that arrived whole, until its answer is due."""
        with self._writing:
            self._times[key] += 1
            self._in_flight[key] += 1
            self.most_at_once[key] = max(self.most_at_once[key], self._in_flight[key])
            asked = Asked(
                key=key,
                digest=hashlib.sha256(body).hexdigest(),
                at_s=time.monotonic(),
                number=self._times[key],
            )
            self.asked.append(asked)
        try:
            reply = self.answers(asked)
            time.sleep(reply.after_s)
            if reply.status < 300:
                with self._writing:
                    self.did[key] += 1
            return reply
        finally:
            with self._writing:
                self._in_flight[key] -= 1

    def status_of(self, key: str) -> Reply:
        with self._writing:
            self.questions.append(key)
            known = self.did[key] > 0 and not self.forgetful
        return Reply() if known else Reply(status=404, fields={"error": "unknown"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up on us, or does not believe our certificate, is expected here."""


@contextmanager
def running(platform: Platform, *, tls: ssl.SSLContext | None = None) -> Iterator[Platform]:
    """It listens on a free port, which is written into its `origin`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            key = self.headers.get("Idempotency-Key") or self.headers.get("webhook-id") or ""
            self._answer(platform.take(key, body))

        def do_GET(self) -> None:
            if self.path.startswith(BY_KEY):
                self._answer(platform.status_of(self.path.removeprefix(BY_KEY)))
            else:
                self._answer(Reply(status=410, fields=b"gone"))

        def _answer(self, reply: Reply) -> None:
            self.close_connection = True
            if reply.lost:
                return
            with suppress(OSError):  # whoever asked has lost patience
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """What matters is written down elsewhere."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    platform.origin = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def nobody_listens() -> Iterator[Platform]:
    """An operator that is down: its port refuses every connection."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and never listening
        yield Platform(origin=f"http://127.0.0.1:{taken.getsockname()[1]}")
