"""The counts of everything as they were a moment ago: with many places, counting takes longer than a page may wait.

Whoever asks gets what was counted last, and a thread counts again behind it; only the first to ask, or the first after
a long time in which nobody did, waits. Each web process counts for itself.
"""

import time
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

import structlog
from django.conf import settings
from django.db import connection

from haetae.flow.overview.standing import Counts, counts

_log = structlog.get_logger(__name__)
# Older than this it is nobody's picture of now.
_OLDEST_S: Final = 30.0


@dataclass(frozen=True, kw_only=True)
class _Counted:
    counts: Counts
    at: float


_kept: dict[str, _Counted] = {}
_counting = Lock()


def counts_lately() -> Counts:
    """Not older than half a minute, mostly than COUNTED_EVERY_S and what counting takes; 0 counts each time."""
    if settings.COUNTED_EVERY_S == 0:
        return counts()
    last = _kept.get("last")
    age = time.monotonic() - last.at if last else _OLDEST_S
    if last is None or age >= _OLDEST_S:
        return _count()
    if age > settings.COUNTED_EVERY_S and _counting.acquire(blocking=False):
        Thread(target=_count_behind, name="counting", daemon=True).start()
    return last.counts


def _count() -> Counts:
    found = counts()
    _kept["last"] = _Counted(counts=found, at=time.monotonic())
    return found


def _count_behind() -> None:
    """In a thread of its own, with a connection of its own; what fails is tried again by the next who asks."""
    try:
        _count()
    except Exception:
        _log.warning("counting_failed", exc_info=True)
    finally:
        connection.close()
        _counting.release()
