"""A bounded number of places: whoever finds none is told so at once, and no queue grows without end."""

import threading
from collections import Counter
from uuid import UUID


class Places:
    """`most` questions are inside at once, `most_each` of one operator, so that one cannot keep the others out."""

    def __init__(self, *, most: int, most_each: int) -> None:
        self._most = most
        self._most_each = most_each
        self._lock = threading.Lock()
        self._inside: Counter[UUID] = Counter()

    def enter(self, who: UUID) -> bool:
        """Whether there was a place; whoever got one must leave."""
        with self._lock:
            if self._inside.total() >= self._most or self._inside[who] >= self._most_each:
                return False
            self._inside[who] += 1
            return True

    def leave(self, who: UUID) -> None:
        with self._lock:
            self._inside[who] -= 1
