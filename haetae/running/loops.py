"""The two loops beside the workers: sealing the log, and keeping time."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection

from haetae.audit.sealer import Sealer
from haetae.flow.timekeeper import Timekeeper

HEADS = "event-log-heads.jsonl"
_SEAL_PAUSE_S = 0.5
_TICK_PAUSE_S = 0.2
_PAUSE_WITHOUT_DATABASE_S = 2.0

log = structlog.get_logger(__name__)


def seal_until_stopped() -> None:
    """Seal what is committed, twice a second."""
    sealer = Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS)
    _until_stopped(sealer.seal, pause_s=_SEAL_PAUSE_S)


def keep_time_until_stopped() -> None:
    """Five ticks a second, so that a second look one second later is not late."""
    _until_stopped(Timekeeper().tick, pause_s=_TICK_PAUSE_S)


def _until_stopped(once: Callable[[], int], *, pause_s: float) -> None:
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    while not stop.is_set():
        stop.wait(_once(once, pause_s=pause_s))


def _once(once: Callable[[], int], *, pause_s: float) -> float:
    """One round; returns how long to pause. A database that is away is waited for."""
    close_old_connections()
    try:
        # A full round means that there is more: go on at once.
        return 0.0 if once() else pause_s
    except Error as trouble:
        log.warning("database_away", trouble=type(trouble).__name__)
        connection.close()
        return _PAUSE_WITHOUT_DATABASE_S
