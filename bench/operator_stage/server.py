"""A real HTTP server with one hook for each operator. It checks signatures by code of its own, as they do."""

import base64
import hashlib
import hmac
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, Final

from bench.operator_stage.manners import REPLY, Manner

_DRIP_S: Final = 0.2


@dataclass(frozen=True, kw_only=True)
class Received:
    """One message. `is_signed`: its first signature is good under the hook's secret."""

    message_id: str
    timestamp_s: int
    body: bytes
    is_signed: bool
    headers: dict[str, str]


@dataclass
class Hook:
    """One operator. `fails_first`: so many messages meet its manner, and from then on it takes them."""

    secret: str = ""
    manner: Manner = Manner.TAKES
    fails_first: int | None = None
    received: list[Received] = field(default_factory=list)


class Stage:
    """Hooks by name; each is at `address(name)`. Everything may be changed while it runs."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.hooks: dict[str, Hook] = defaultdict(Hook)
        self.over = threading.Event()

    def address(self, name: str) -> str:
        return f"{self.origin}/hooks/{name}"

    def take(self, name: str, message: Received) -> Manner:
        """How this one is met."""
        hook = self.hooks[name]
        hook.received.append(message)
        is_over = hook.fails_first is not None and len(hook.received) > hook.fails_first
        return Manner.TAKES if is_over else hook.manner


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # many at once are the callers' doing, not a manner of the operator's


@contextmanager
def stage(*, tls: tuple[Path, Path] | None = None) -> Iterator[Stage]:
    """Runs until the block ends. `tls`: files of a certificate, which nobody need trust, and of its key."""
    server = _Server(("127.0.0.1", 0), _Handler)
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    here = Stage(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}")
    _Handler.stages[server.server_port] = here
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
        del _Handler.stages[server.server_port]


class _Handler(BaseHTTPRequestHandler):
    stages: ClassVar[dict[int, Stage]] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The public pages of every operator here: there is one, and it shows nothing."""
        self._reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>a board</title>")

    def do_POST(self) -> None:
        here = self._stage
        name = self.path.removeprefix("/hooks/")
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        manner = here.take(name, self._received(here.hooks[name], body))
        if manner is Manner.LOSES_THE_REPLY:
            self.close_connection = True
        elif manner is Manner.DRIPS:
            self._drip(here)
        elif manner is Manner.LEADS_AWAY:
            self._reply(302, {"Location": here.address("elsewhere")}, b"")
        else:
            self._reply(*REPLY[manner])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Nothing is written."""

    @property
    def _stage(self) -> Stage:
        return self.stages[self.connection.getsockname()[1]]

    def _received(self, hook: Hook, body: bytes) -> Received:
        headers = {name.lower(): value for name, value in self.headers.items()}
        message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
        return Received(
            message_id=message_id,
            timestamp_s=int(timestamp),
            body=body,
            is_signed=_is_good(
                hook.secret, headers.get("webhook-signature", ""), message_id, timestamp, body
            ),
            headers=headers,
        )

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, here: Stage) -> None:
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not here.over.wait(_DRIP_S):
                self.wfile.write(b"a")
                self.wfile.flush()
        except OSError:
            time.sleep(0)  # whoever waited has gone


def _is_good(secret: str, signatures: str, message_id: str, timestamp: str, body: bytes) -> bool:
    if not secret:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}" in signatures.split(" ")
