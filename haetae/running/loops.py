"""The three loops beside the workers: sealing the log, keeping time, and preparing the bank."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection

from haetae.audit.sealer import Sealer
from haetae.common.keys import KeysUnavailableError
from haetae.flow.timekeeper import Timekeeper
from haetae.hashbank import bases
from haetae.running import pulse

HEADS = "event-log-heads.jsonl"
_SEAL_PAUSE_S = 0.5
_TICK_PAUSE_S = 0.2
_MATCHER_PAUSE_S = 2.0
_PAUSE_WITHOUT_DISK_S = 60.0  # each attempt reads the whole bank
_PAUSE_WITHOUT_DATABASE_S = 1.0

# One round; returns how many seconds to pause: none after a full one, which means that there is more.
Round = Callable[[], float]

log = structlog.get_logger(__name__)


def seal_until_stopped() -> None:
    """Seal what is committed, twice a second."""
    _until_stopped(lambda: _sealing(Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS)))


def keep_time_until_stopped() -> None:
    """At least five ticks a second, and one at the moment when something is due."""
    _until_stopped(lambda: _keeping_time(Timekeeper()))


def make_bases_until_stopped() -> None:
    """Whenever enough has changed in the bank, make a mapped part of it for every process of this machine."""
    _until_stopped(lambda: _making_bases(bases.folder()))


def _making_bases(folder: Path) -> Round:
    def once() -> float:
        if bases.is_due(folder):
            try:
                log.info("bank_part_made", version=bases.make(folder))
            except OSError as problem:  # a full disk, mostly; the parts that are there go on being used
                log.warning("bank_part_not_made", problem=str(problem))
                return _PAUSE_WITHOUT_DISK_S
        return _MATCHER_PAUSE_S

    return once


def _sealing(sealer: Sealer) -> Round:
    return lambda: 0.0 if sealer.seal() else _SEAL_PAUSE_S


def _keeping_time(timekeeper: Timekeeper) -> Round:
    return lambda: 0.0 if timekeeper.tick() else timekeeper.pause_s(at_most_s=_TICK_PAUSE_S)


def _until_stopped(begin: Callable[[], Round]) -> None:
    """Round after round. After trouble with the database or the keys it begins anew, as after a start.

    What was remembered may be wrong then: a commit whose answer was lost may have happened, and a head of the log
    that was committed in it would never reach the file outside.
    """
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        pulse.told_to_stop()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    once = begin()
    while not stop.is_set():
        close_old_connections()
        try:
            pause_s = once()
            pulse.moved()
            stop.wait(pause_s)
        except (Error, KeysUnavailableError) as trouble:
            away = "database_away" if isinstance(trouble, Error) else "keys_away"
            log.warning(away, trouble=type(trouble).__name__)
            connection.close()
            pulse.waiting()
            once = begin()
            stop.wait(_PAUSE_WITHOUT_DATABASE_S)
        except OSError as trouble:
            # A full disk, mostly: what is committed and does not lie outside yet is written when there is room.
            log.error("cannot_write", trouble=type(trouble).__name__, number=trouble.errno)
            once = begin()
            stop.wait(_PAUSE_WITHOUT_DATABASE_S)
