"""The listening side: one thread per connection, and a pulse that gives the answers announced for later."""

import socketserver
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from sandbox_platform import deletion_requests
from sandbox_platform.board import Board

MOST_CONNECTIONS = 128


class BoardServer(socketserver.ThreadingTCPServer):
    """Listens on the loopback address alone."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *, port: int, client_timeout_s: float, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.client_timeout_s = client_timeout_s
        self.board: Board | None = None
        self._serving = 0
        self._serving_lock = threading.Lock()
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, *_where: Any) -> None:
        """A client that goes away is no news; anything else is."""
        if not isinstance(sys.exception(), OSError):
            traceback.print_exc()

    def service_actions(self) -> None:
        """Called by serve_forever several times a second: gives the answers that were announced for later."""
        if self.board is None:
            return
        try:
            deletion_requests.settle_due(store=self.board.store, now_s=time.time())
        except sqlite3.OperationalError:
            traceback.print_exc()  # a full disk, say: the rows stay due and the next round tries again

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Held while a request is served, so that a stop can wait for it."""
        with self._serving_lock:
            self._serving += 1
        try:
            yield
        finally:
            with self._serving_lock:
                self._serving -= 1

    def drain(self, *, for_s: float) -> None:
        """Let requests that are being served finish."""
        end_s = time.monotonic() + for_s
        while self._serving and time.monotonic() < end_s:
            time.sleep(0.02)
