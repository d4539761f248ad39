"""The process `metrics`: answers whoever asks for numbers, on loopback alone unless a token is asked for."""

import ipaddress
import secrets
import signal
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import structlog
from django.db import close_old_connections

from haetae.common import clock
from haetae.running import pulse
from haetae.running.errors import CannotStartError
from haetae.running.metrics.numbers import page
from haetae.running.metrics.text import CONTENT_TYPE

PATH: Final = "/metrics"
# Whoever asks more often gets the numbers of a moment ago: counting a million rows is no work for every second.
_KEPT_S: Final = 5.0
_REQUEST_S: Final = 5.0
_TOKEN_LEAST: Final = 20

log = structlog.get_logger(__name__)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def service_actions(self) -> None:
        """Called twice a second by the loop that waits for visitors."""
        pulse.moved()


class Numbers:
    """The page, made anew when the one that was made is too old; one makes it at a time."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._page, self._made_s = b"", float("-inf")

    def read(self) -> bytes:
        with self._lock:
            now_s = clock.now().timestamp()
            if not 0 <= now_s - self._made_s < _KEPT_S:
                self._page, self._made_s = self._make().encode(), now_s
            return self._page


def read_token(file: str) -> str:
    """Empty when no file is named. Raises CannotStartError."""
    if not file:
        return ""
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotStartError(f"HAETAE_METRICS_TOKEN_FILE cannot be read: {problem}.") from None
    if len(token) < _TOKEN_LEAST:
        raise CannotStartError(
            f"HAETAE_METRICS_TOKEN_FILE: a token has {_TOKEN_LEAST} characters at least; this one has {len(token)}."
        )
    return token


def serve_numbers(*, host: str, port: int, token: str) -> None:
    """Until SIGTERM or SIGINT. Raises CannotStartError for an address that others reach, unless a token is asked."""
    if not token and not _is_loopback(host):
        raise CannotStartError(
            f"--host {host} can be reached by others: name a token in HAETAE_METRICS_TOKEN_FILE, or stay on 127.0.0.1."
        )
    numbers = Numbers(_now)
    try:
        server = _Server((host, port), _handler(numbers, token))
    except OSError as problem:
        raise CannotStartError(f"Numbers cannot be served at {host}:{port}: {problem.strerror}.") from None

    def told_to_stop(_signal: int, _frame: object) -> None:
        pulse.told_to_stop()
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    with server:
        server.serve_forever()


def _now() -> str:
    close_old_connections()
    try:
        return page(now=clock.now())
    finally:
        close_old_connections()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _handler(numbers: Numbers, token: str) -> type[BaseHTTPRequestHandler]:
    class Asked(BaseHTTPRequestHandler):
        timeout = _REQUEST_S
        server_version, sys_version = "numbers", ""

        def do_GET(self) -> None:
            if token and not self._shows_token():
                self._answer(401, b"a token is needed\n", {"WWW-Authenticate": "Bearer"})
            elif self.path != PATH:
                self._answer(404, b"there is /metrics alone\n", {})
            else:
                self._answer(200, numbers.read(), {"Content-Type": CONTENT_TYPE})

        def _shows_token(self) -> bool:
            shown = self.headers.get("Authorization", "").encode()
            return secrets.compare_digest(shown, f"Bearer {token}".encode())

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "text/plain", **headers, "Cache-Control": "no-store"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Nobody who asked is written down."""

    return Asked
