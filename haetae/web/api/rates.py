"""How much one key may ask: so many a minute, with as many saved up at most. Counted in each web process by itself."""

import threading
import time
from dataclasses import dataclass
from uuid import UUID


@dataclass
class _Bucket:
    left: float
    at_s: float


class Rates:
    """A token bucket for each key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: dict[UUID, _Bucket] = {}

    def wait_s(self, key: UUID, *, per_minute: int, count: int) -> float:
        """Take `count`; 0.0 when they were there, otherwise in how many seconds they will be, and none is taken."""
        with self._lock:
            bucket = self._refilled(key, per_minute=per_minute)
            if bucket.left >= count:
                bucket.left -= count
                return 0.0
            return (count - bucket.left) * 60 / max(1, per_minute)

    def left(self, key: UUID, *, per_minute: int) -> int:
        """How many may be taken at once now."""
        with self._lock:
            return int(self._refilled(key, per_minute=per_minute).left)

    def _refilled(self, key: UUID, *, per_minute: int) -> _Bucket:
        now_s = time.monotonic()
        bucket = self._buckets.setdefault(key, _Bucket(left=float(per_minute), at_s=now_s))
        refilled = bucket.left + (now_s - bucket.at_s) * per_minute / 60
        bucket.left, bucket.at_s = min(float(per_minute), refilled), now_s
        return bucket
