"""What keeps the key service from being used up, and from opening everything for somebody who broke in."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from haetae.common.keys.errors import KeysBusyError, TooManyOpeningsError

_MINUTE_S: Final = 60.0
# Several processes serve officials; somebody who starts many of them must not get as many times the number.
_PROCESSES: Final = 4


class Lane:
    """One at a time, and a few who wait. Whoever comes when all places are taken is told so at once."""

    def __init__(self, *, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._one = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises KeysBusyError."""
        if not self._places.acquire(blocking=False):
            raise KeysBusyError("Many receipts are being tried just now.")
        try:
            with self._one:
                yield
        finally:
            self._places.release()


class Openings:
    """Counts the cases that each process has had opened within the last minute, and all of them together."""

    def __init__(self, *, per_minute: int, now_s: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._now_s = now_s
        self._lock = threading.Lock()
        self._by_process: dict[int, deque[float]] = defaultdict(deque)

    def take(self, process_id: int) -> None:
        """Raises TooManyOpeningsError."""
        with self._lock:
            self._forget_what_is_older()
            own = len(self._by_process.get(process_id, ()))
            everybody = sum(len(times) for times in self._by_process.values())
            if own >= self._per_minute or everybody >= _PROCESSES * self._per_minute:
                raise TooManyOpeningsError(
                    f"More than {self._per_minute} cases were opened within a minute. Wait a minute."
                )
            self._by_process[process_id].append(self._now_s())

    def _forget_what_is_older(self) -> None:
        since_s = self._now_s() - _MINUTE_S
        for process_id, times in list(self._by_process.items()):
            while times and times[0] <= since_s:
                times.popleft()
            if not times:
                del self._by_process[process_id]
