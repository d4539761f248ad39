"""Reads the body of a question. A client that sends slowly or falls silent holds no page up."""

import threading
from collections.abc import Callable
from typing import Protocol


class Stream(Protocol):
    """What a request's body is read from: blocks until `size` bytes are there or no more will come."""

    def read(self, size: int, /) -> bytes: ...


class SlowBodyError(Exception):
    """The body did not arrive in time."""


class BrokenBodyError(Exception):
    """The client went away, or sent less than it announced."""


class _Reader(threading.Thread):
    """Reads in a thread of its own, because the web server's read() knows no time limit."""

    def __init__(self, stream: Stream, *, length: int, when_left_behind_ends: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="upload-body")
        self._stream = stream
        self._length = length
        self._ends = when_left_behind_ends
        self._lock = threading.Lock()
        self._left_behind = False
        self._over = False
        self.data = b""

    def run(self) -> None:
        try:
            self.data = self._stream.read(self._length)
        except Exception:  # whatever breaks a body, the client hears the same
            self.data = b""
        with self._lock:
            self._over = True
            left_behind = self._left_behind
        if left_behind:
            self.data = b""
            self._ends()

    def leave_behind(self) -> bool:
        """False when it has just ended by itself after all."""
        with self._lock:
            self._left_behind = not self._over
        return self._left_behind


def read_within(
    stream: Stream, *, length: int, seconds: float, when_left_behind_ends: Callable[[], None]
) -> bytes:
    """The whole body. Raises BrokenBodyError, and SlowBodyError when it takes longer.

    A reader that is left behind ends when the client closes the connection, and says so by calling
    `when_left_behind_ends`, so that those left behind can be bounded.
    """
    reader = _Reader(stream, length=length, when_left_behind_ends=when_left_behind_ends)
    reader.start()
    reader.join(seconds)
    if reader.is_alive() and reader.leave_behind():
        raise SlowBodyError
    if len(reader.data) != length:
        raise BrokenBodyError
    return reader.data
