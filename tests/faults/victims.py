"""Who is killed, and how the process is found that has the part now."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import psutil

from haetae.common import embedded_postgres
from haetae.running.installation import Installation
from haetae.running.whole import Whole

_OPENER = "haetae.detect.opening.child"
_FOUND_WITHIN_S = 60.0


class Blow(NamedTuple):
    """How one is ended, and for how many seconds nobody can start it again."""

    by: signal.Signals = signal.SIGKILL
    away_s: float = 0.0


class Work(StrEnum):
    """What shows from outside that somebody is at work."""

    ANYTHING = "anything"
    RECEIPTS = "receipts"
    REQUESTS = "requests"


@dataclass(frozen=True, kw_only=True)
class Victim:
    """`living` lists the process ids that have the part; one of them is killed at a time.

    `pause_s` is the longest time between being found and being killed: long enough for every stage of its life. What
    `is_under_way` tells when it is in the middle of something; then the blow falls within `moment_s` of that.
    `platform_delay_s` makes the platform take so long over each request to delete, so that many kills fall between
    its being sent and its answer being written down.

    The next is killed only once there was `work` again that needs this one. The `blows` fall in turn. Not counting how
    long it is kept away, people get receipts again within `receipts_again_s`.
    """

    name: str
    living: Callable[[], list[int]]
    pause_s: float
    platform_delay_s: float = 0.0
    reporters_pause_s: float = 0.4
    work: Work = Work.ANYTHING
    is_under_way: Work = Work.ANYTHING
    moment_s: float = 0.0
    blows: Sequence[Blow] = (Blow(),)
    receipts_again_s: float = 60.0

    @property
    def away_s(self) -> float:
        return max(blow.away_s for blow in self.blows)


def victims(*, whole: Whole, installation: Installation, outage_s: float = 30.0) -> list[Victim]:
    """Everybody who can be killed. The database ends in order, at once, by force, and once for so many seconds."""

    def own(name: str) -> Callable[[], list[int]]:
        return lambda: [whole.supervisor.process_id(name)]

    def web() -> list[int]:
        first = whole.supervisor.process_id("web")
        return [first, *(child.pid for child in _children(first))]

    def workers() -> list[int]:
        """However many there are; one of them is killed at a time, sometimes before the other is back."""
        names = [name for name in whole.supervisor.restarts() if name.startswith("worker")]
        return [whole.supervisor.process_id(name) for name in names]

    def openers() -> list[int]:
        children = [child for worker in workers() for child in _children(worker)]
        return [child.pid for child in children if _OPENER in _command(child)]

    def database() -> list[int]:
        assert installation.server is not None
        found = embedded_postgres.process_id(installation.server.folder)
        return [] if found is None else [found]

    slow = 0.5
    forms: dict[str, Any] = {
        "work": Work.RECEIPTS,
        "is_under_way": Work.RECEIPTS,
        "moment_s": 0.2,
        "reporters_pause_s": 0.1,
    }
    requests: dict[str, Any] = {
        "work": Work.REQUESTS,
        "is_under_way": Work.REQUESTS,
        "moment_s": slow,
        "platform_delay_s": slow,
    }
    ends = (Blow(signal.SIGINT), Blow(signal.SIGQUIT), Blow(signal.SIGKILL))
    away = (Blow(signal.SIGKILL, outage_s),)
    return [
        Victim(name="keys", living=own("keys"), pause_s=3.0, **forms),
        Victim(name="web", living=web, pause_s=3.0, **forms),
        Victim(name="worker", living=workers, pause_s=3.0, **requests),
        Victim(name="opener", living=openers, pause_s=1.0),
        Victim(name="sealer", living=own("sealer"), pause_s=3.0),
        Victim(name="timekeeper", living=own("timekeeper"), pause_s=3.0),
        Victim(name="database", living=database, pause_s=3.0, blows=ends, receipts_again_s=30.0, **requests),
        Victim(
            name="outage",
            living=database,
            pause_s=1.0,
            work=Work.RECEIPTS,
            blows=away,
            receipts_again_s=30.0,
        ),
    ]


def found(victim: Victim, *, unlike: int | None) -> list[int]:
    """The processes that have the part now, once there is one that was not killed before. Raises TimeoutError."""
    deadline = time.monotonic() + _FOUND_WITHIN_S
    while time.monotonic() < deadline:
        living = [process_id for process_id in victim.living() if process_id != unlike and _lives(process_id)]
        if living:
            return living
        time.sleep(0.02)
    raise TimeoutError(f"No {victim.name} came back within {_FOUND_WITHIN_S:.0f} s.")


def kill(process_id: int, blow: Blow) -> bool:
    """Whether there was something to kill."""
    if not _lives(process_id):
        return False
    os.kill(process_id, blow.by)
    return True


@contextmanager
def kept_away(installation: Installation, *, for_s: float) -> Iterator[None]:
    """Nobody can start the database again before so many seconds have passed since the end of the block."""
    if not for_s:
        yield
        return
    assert installation.server is not None
    with embedded_postgres.only_starter(installation.server.folder):
        yield
        time.sleep(for_s)


def _lives(process_id: int) -> bool:
    try:
        return bool(psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _children(process_id: int) -> list[psutil.Process]:
    try:
        return list(psutil.Process(process_id).children())
    except psutil.Error:
        return []


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
