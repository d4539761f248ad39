"""Turns at something of which there are few: first come, first served."""

import threading
from collections import deque


class Turns:
    """`most` have a turn at once.

    A turn that ends goes to whoever has waited longest. With a plain semaphore somebody who takes one turn after the
    other, as a batch of files does, may pass everybody who waits.
    """

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._free = most
        self._waiting: deque[threading.Event] = deque()

    def take(self, *, within_s: float) -> bool:
        """Whether there was a turn in time; whoever got one must give it back."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(within_s):
            return True
        with self._lock:
            if mine.is_set():  # handed over in this very moment
                return True
            self._waiting.remove(mine)
            return False

    def give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
