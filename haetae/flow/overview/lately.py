"""What is counted over everything, as it was a moment ago: with many places, counting takes longer than a page may.

Whoever asks gets what was counted last, and a thread counts again behind it; only the first to ask, or the first after
a long time in which nobody did, waits. Each web process counts for itself, one thing after the other, and what takes
long no oftener than a fifth of the time.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread
from typing import Any, Final, Generic, TypeVar

import structlog
from django.conf import settings
from django.db import connection

from haetae.common import clock
from haetae.flow.overview.health import Health, health
from haetae.flow.overview.standing import Counts, counts

_log = structlog.get_logger(__name__)
# Older than this it is nobody's picture of now, unless counting itself takes that long.
_OLDEST_S: Final = 30.0
_RESTS: Final = 4  # times as long as it counted
# Sums over months change slowly: counted again after half a minute, and given for some minutes, with their time.
SUMS_EVERY: Final = 15.0
_MOST_KEPT: Final = 1_000

Sum = TypeVar("Sum")


@dataclass(frozen=True, kw_only=True)
class Counted(Generic[Sum]):
    """`value` as it stood `at` that moment. `read_s` is a clock that only runs forward; it took `took_s`."""

    value: Sum
    at: datetime
    read_s: float
    took_s: float


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Where everything stands, and what is stuck."""

    counts: Counts
    health: Health


_kept: dict[str, Counted[Any]] = {}
_counting: defaultdict[str, Lock] = defaultdict(Lock)
# However many things are counted behind pages, the database has one of them to do.
_behind = Lock()


def picture_lately() -> Counted[Picture]:
    """Not older than half a minute, mostly than COUNTED_EVERY_S and what counting takes."""
    return lately("picture", _picture)


def lately(name: str, count: Callable[[], Sum], *, every: float = 1.0) -> Counted[Sum]:
    """What `count` came to when it was last done under this name; `every` is in COUNTED_EVERY_S, and 0 of those is now.

    It is counted again when it is asked for and older than that. What is `every` times as slow may also be so much
    older before somebody waits for it.
    """
    last = _kept.get(name)
    if settings.COUNTED_EVERY_S == 0 or last is None:
        return _count(name, count)
    age, rests = time.monotonic() - last.read_s, _RESTS * last.took_s
    if age >= max(_OLDEST_S * every, 2 * rests):
        return _count(name, count)
    if age > max(settings.COUNTED_EVERY_S * every, rests) and _counting[name].acquire(blocking=False):
        Thread(target=_count_behind, args=(name, count), name=f"counting {name}", daemon=True).start()
    return last


def _picture() -> Picture:
    return Picture(counts=counts(), health=health(now=clock.now()))


def _count(name: str, count: Callable[[], Sum]) -> Counted[Sum]:
    began, at = time.monotonic(), clock.now()
    value = count()
    ended = time.monotonic()
    found = Counted(value=value, at=at, read_s=ended, took_s=ended - began)
    _kept.pop(name, None)
    _kept[name] = found
    if len(_kept) > _MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    return found


def _count_behind(name: str, count: Callable[[], Any]) -> None:
    """In a thread of its own, with a connection of its own; what fails is tried again by the next who asks.

    The database counts with one process: with all that it has, pages would wait for it meanwhile.
    """
    alone = _behind.acquire(timeout=_OLDEST_S / 2)  # one that hangs keeps nobody waiting in front
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        _count(name, count)
    except Exception:
        _log.warning("counting_failed", name=name, exc_info=True)
    finally:
        if alone:
            _behind.release()
        connection.close()
        _counting[name].release()
