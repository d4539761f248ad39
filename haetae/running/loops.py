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
_PAUSE_WITHOUT_DATABASE_S = 1.0

Round = Callable[[], int]

log = structlog.get_logger(__name__)


def seal_until_stopped() -> None:
    """Seal what is committed, twice a second."""
    _until_stopped(
        lambda: Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS).seal,
        pause_s=_SEAL_PAUSE_S,
    )


def keep_time_until_stopped() -> None:
    """Five ticks a second, so that a second look one second later is not late."""
    _until_stopped(lambda: Timekeeper().tick, pause_s=_TICK_PAUSE_S)


def _until_stopped(begin: Callable[[], Round], *, pause_s: float) -> None:
    """Round after round. After trouble with the database it begins anew, as after a start.

    What was remembered may be wrong then: a commit whose answer was lost may have happened, and a head of the log
    that was committed in it would never reach the file outside.
    """
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    once = begin()
    while not stop.is_set():
        close_old_connections()
        try:
            # A full round means that there is more: go on at once.
            stop.wait(0.0 if once() else pause_s)
        except Error as trouble:
            log.warning("database_away", trouble=type(trouble).__name__)
            connection.close()
            once = begin()
            stop.wait(_PAUSE_WITHOUT_DATABASE_S)
