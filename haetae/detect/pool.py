"""A few openers that live on, however hostile the pictures are. Callers get a picture or a reason."""

import queue
import threading
from types import TracebackType
from typing import Final, Self

from haetae.detect.media import recognise
from haetae.detect.opening.facts import Limits, OpenedImage, Undecodable, Why
from haetae.detect.opening.opener import Opener, OpenerLostError


class OpenerPool:
    """Usable from many threads: `size` pictures are opened at once, further callers wait their turn.

    Children start when they are first needed. Use it as a context manager, or call close().
    """

    def __init__(self, size: int = 1, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen, so safe to share
        if size < 1:
            raise ValueError("size must be at least 1; it is the number of child processes.")
        self.limits: Final = limits
        self._size: Final = size
        self._lock: Final = threading.Lock()
        self._closed = False
        self._living: Final[set[Opener]] = set()
        self._places: Final[queue.LifoQueue[Opener | None]] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, data: bytes) -> OpenedImage:
        """Open the first frame. Raises Undecodable, and RuntimeError after close()."""
        self._refuse_unseen(data)
        opener = self._places.get()
        try:
            while True:
                used_before = opener is not None
                opener = opener or self._start()
                try:
                    return opener.open(data)
                except OpenerLostError as lost:
                    self._discard(opener)
                    opener = None
                    # A child that served others may have been bent or killed before this picture came.
                    if not used_before or lost.why is not Why.CRASHED:
                        raise Undecodable(lost.why) from lost
        finally:
            self._places.put(self._kept(opener))

    def close(self) -> None:
        """End every child, busy ones too, and wait until none is left."""
        with self._lock:
            self._closed = True
            for living in self._living:
                living.kill()
        taken = [self._places.get() for _ in range(self._size)]
        for idle in taken:
            if idle is not None:
                self._discard(idle)
            self._places.put(None)

    def process_ids(self) -> tuple[int, ...]:
        """The children alive now, for whoever watches them."""
        with self._lock:
            return tuple(sorted(opener.process_id for opener in self._living))

    def _refuse_unseen(self, data: bytes) -> None:
        """What needs no decoder to be refused."""
        if not data:
            raise Undecodable(Why.EMPTY)
        if len(data) > self.limits.bytes_most:
            raise Undecodable(Why.TOO_MANY_BYTES)
        recognised = recognise(data)
        if not recognised.opened:
            raise Undecodable(Why.NOT_AN_IMAGE if recognised.format == "unknown" else Why.REFUSED_TYPE)

    def _start(self) -> Opener:
        with self._lock:
            if self._closed:
                raise RuntimeError("The pool is closed; make a new one.")
            try:
                opener = Opener(limits=self.limits)
            except OSError as error:
                raise Undecodable(Why.NO_OPENER) from error
            self._living.add(opener)
            return opener

    def _kept(self, opener: Opener | None) -> Opener | None:
        if opener is None or (opener.sound and opener.pictures < self.limits.pictures_per_opener):
            return opener
        self._discard(opener)
        return None

    def _discard(self, opener: Opener) -> None:
        opener.discard()
        with self._lock:
            self._living.discard(opener)
