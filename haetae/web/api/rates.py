"""How much one key may ask: so many a minute, with as many saved up at most, whichever process or machine it asks.

A process takes some at once and hands them out by itself, so that a look-up costs no question to the database. While
that is away it hands out what it has and no more: raises django.db.Error then, and the machine is told to come back.
"""

import threading
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.settings.limits import Limit
from haetae.web.limits.actions import take

# A fortieth of a minute's worth is taken at once, and what is not handed out in time is lost: so many processes as
# there may be, a key never gets more than its limit, and one that asks in one process alone misses next to nothing.
_PARTS: Final = 40
_KEPT_S: Final = 5.0
_A_MINUTE_S: Final = 60


@dataclass
class _Lease:
    here: int
    elsewhere: int  # in the table, when it was last asked
    at_s: float


class Rates:
    """What is left of each key. `name` keeps apart what is counted for the same key for different reasons."""

    def __init__(self, name: str = "keys") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._leases: dict[UUID, _Lease] = {}

    def wait_s(self, key: UUID, *, per_minute: int, count: int) -> float:
        """Take `count`; 0.0 when they were there, otherwise in how many seconds they will be, and none is taken."""
        with self._lock:
            lease = self._fresh(key)
            if lease is not None and lease.here >= count:
                lease.here -= count
                return 0.0
        limit, name = Limit(most=max(1, per_minute), seconds=_A_MINUTE_S), f"{self._name}:{key}"
        at_once = max(count, per_minute // _PARTS)
        taken = take(name, limit, count=at_once)
        if taken.wait_s and at_once > count:
            at_once = count
            taken = take(name, limit, count=count)
        with self._lock:
            over = 0 if taken.wait_s else at_once - count
            before = self._fresh(key)
            here = (before.here if before else 0) + over
            self._leases[key] = _Lease(here=here, elsewhere=taken.left, at_s=time.monotonic())
        return taken.wait_s

    def left(self, key: UUID, *, per_minute: int) -> int:
        """How many may be taken at once now, as far as this process knows without asking."""
        with self._lock:
            lease = self._leases.get(key)
            if lease is None:
                return per_minute
            passed_s = time.monotonic() - lease.at_s
            here = lease.here if passed_s <= _KEPT_S else 0
            return min(per_minute, here + int(lease.elsewhere + passed_s * per_minute / _A_MINUTE_S))

    def _fresh(self, key: UUID) -> _Lease | None:
        lease = self._leases.get(key)
        return lease if lease is not None and time.monotonic() - lease.at_s <= _KEPT_S else None
