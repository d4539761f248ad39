"""Reads the body of a question. A client that sends slowly or falls silent holds no page up."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LEFT_BEHIND: Final = "haetae.body_left_behind"  # where a request keeps what is set when its reader has ended


class Stream(Protocol):
    """What a request's body is read from: blocks until `size` bytes are there or no more will come."""

    def read(self, size: int, /) -> bytes: ...


class SlowBodyError(Exception):
    """The body did not arrive in time. `over` is set when the reader that was left behind has ended."""

    def __init__(self, over: threading.Event) -> None:
        super().__init__()
        self.over = over


class BrokenBodyError(Exception):
    """The client went away, or sent less than it announced."""


class _Reading:
    """One body, read in another thread, because the web server's read() knows no time limit."""

    def __init__(self, stream: Stream, *, length: int, when_left_behind_ends: Callable[[], None]) -> None:
        self._stream = stream
        self._length = length
        self._ends = when_left_behind_ends
        self._lock = threading.Lock()
        self._left_behind = False
        self.over = threading.Event()
        self.data = b""

    def run(self) -> None:
        try:
            self.data = self._stream.read(self._length)
        except Exception:  # whatever breaks a body, the client hears the same
            self.data = b""
        with self._lock:
            self.over.set()
            left_behind = self._left_behind
        if left_behind:
            self.data = b""
            self._ends()

    def leave_behind(self) -> bool:
        """False when it has just ended by itself after all."""
        with self._lock:
            self._left_behind = not self.over.is_set()
        return self._left_behind


class _Readers:
    """Threads that wait for the next body: to start one for each took as long as to look one hash up.

    Whoever asks bounds how many read at once, so there are never more than that. They end with the process.
    """

    def __init__(self) -> None:
        self._idle: queue.SimpleQueue[queue.SimpleQueue[_Reading]] = queue.SimpleQueue()

    def read(self, reading: _Reading) -> None:
        """Have it read now, by one that waits or by a new one."""
        try:
            desk = self._idle.get_nowait()
        except queue.Empty:
            desk = queue.SimpleQueue()
            threading.Thread(target=self._serve, args=(desk,), daemon=True, name="upload-body").start()
        desk.put(reading)

    def _serve(self, desk: "queue.SimpleQueue[_Reading]") -> None:
        while True:
            reading = desk.get()
            reading.run()
            del reading  # its bytes must not wait here for the next one
            self._idle.put(desk)


_readers: Final = _Readers()


def read_within(
    stream: Stream, *, length: int, seconds: float, when_left_behind_ends: Callable[[], None]
) -> bytes:
    """The whole body. Raises BrokenBodyError, and SlowBodyError when it takes longer.

    A reader that is left behind ends when the client closes the connection, and says so by calling
    `when_left_behind_ends`, so that those left behind can be bounded.
    """
    reading = _Reading(stream, length=length, when_left_behind_ends=when_left_behind_ends)
    _readers.read(reading)
    if not reading.over.wait(seconds) and reading.leave_behind():
        raise SlowBodyError(reading.over)
    if len(reading.data) != length:
        raise BrokenBodyError
    return reading.data


def until_read(application: "WSGIApplication") -> "WSGIApplication":
    """The same application; a question whose body is still being read is not over before that has ended.

    Granian 2.8.7 puts a body away when its question is over. It waits for a read under way then, and keeps every
    other thread of the process waiting with it: one client that fell silent would stop all pages.
    """

    def held(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = application(environ, start_response)
        over = environ.get(LEFT_BEHIND)
        return answer if over is None else _Held(answer, over=over)

    return held


class _Held:
    """An answer that has been sent in full before the server asks to close it."""

    def __init__(self, answer: Any, *, over: threading.Event) -> None:
        self._answer = answer
        self._over = over

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        self._answer.close()
        self._over.wait()
