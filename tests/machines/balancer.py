"""What stands in front of the pages: it asks /readyz of each, sends visitors to those that are ready, and to no other.

It works as a load balancer of a house does: a connection that cannot be made is tried elsewhere, and one that was made
is never tried again, because whatever was sent may have been done.
"""

import itertools
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.faults.visitor import NoAnswerError, call

_ASKS_EVERY_S = 0.25
_CONNECTS_WITHIN_S = 1.0
_SOMEBODY_WITHIN_S = 60.0


@dataclass(kw_only=True)
class Balancer:
    """`origins` may change at any time. `words` counts what each answered when it was asked whether it is ready.

    `turned_away` counts visitors for whom nobody was ready: they see a closed connection, and no page of ours did it.
    """

    origins: list[str]
    words: Counter[str] = field(default_factory=Counter)
    turned_away: int = 0

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._stop = threading.Event()
        self._ready: list[str] = []
        self._turn = itertools.count()
        self._writing = threading.Lock()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        """Takes visitors from the moment at which it knows of somebody who is ready. Raises TimeoutError."""
        threading.Thread(target=self._ask_for_ever, daemon=True).start()
        deadline = time.monotonic() + _SOMEBODY_WITHIN_S
        while not self._ready:
            if time.monotonic() > deadline:
                raise TimeoutError(f"nobody is ready: {dict(self.words)}")
            time.sleep(0.05)
        threading.Thread(target=self._serve_for_ever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._door.close()

    def _ask_for_ever(self) -> None:
        """One question at a time to each: an old answer must not come after a newer one."""
        asking: dict[str, threading.Thread] = {}
        while not self._stop.wait(_ASKS_EVERY_S):
            for origin in list(self.origins):
                if origin not in asking or not asking[origin].is_alive():
                    asking[origin] = threading.Thread(target=self._ask, args=(origin,), daemon=True)
                    asking[origin].start()

    def _ask(self, origin: str) -> None:
        try:
            answer = call("GET", f"{origin}/readyz")
            word, is_ready = answer.body.decode(errors="replace").strip(), answer.status == 200
        except NoAnswerError:
            word, is_ready = "nobody answers", False
        with self._writing:
            self.words[word] += 1
            self._ready = [one for one in self.origins if (is_ready if one == origin else one in self._ready)]

    def _serve_for_ever(self) -> None:
        while not self._stop.is_set():
            with suppress(OSError):
                visitor, _ = self._door.accept()
                threading.Thread(target=self._carry, args=(visitor,), daemon=True).start()

    def _carry(self, visitor: socket.socket) -> None:
        host = self._connected()
        with visitor:
            if host is None:
                self.turned_away += 1
                return
            with host:
                back = threading.Thread(target=_pour, args=(host, visitor), daemon=True)
                back.start()
                _pour(visitor, host)
                back.join()

    def _connected(self) -> socket.socket | None:
        ready = list(self._ready)
        first = next(self._turn)
        for number in range(len(ready)):
            parts = urlsplit(ready[(first + number) % len(ready)])
            try:
                host = socket.create_connection((parts.hostname, parts.port), timeout=_CONNECTS_WITHIN_S)
            except OSError:
                continue
            host.settimeout(None)
            return host
        return None


def _pour(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while part := one.recv(65536):
            other.sendall(part)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
