"""Who is killed, and how the process is found that has the part now."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psutil

from haetae.common import embedded_postgres
from haetae.running.installation import Installation
from haetae.running.whole import Whole

_OPENER = "haetae.detect.opening.child"
_FOUND_WITHIN_S = 60.0


class Work(StrEnum):
    """What shows from outside that somebody is at work."""

    ANYTHING = "anything"
    RECEIPTS = "receipts"
    REQUESTS = "requests"


@dataclass(frozen=True, kw_only=True)
class Victim:
    """`living` lists the process ids that have the part; one of them is killed at a time.

    `pause_s` is the longest time between being found and being killed: long enough for every stage of its life.
    `platform_delay_s` makes the platform take so long over each request to delete, so that many kills fall between
    its being sent and its answer being written down.

    The next is killed only once there was `work` again that needs this one, so that the kills meet it in the middle
    of things. One that stays `away_s` is killed a single time.
    """

    name: str
    living: Callable[[], list[int]]
    pause_s: float
    platform_delay_s: float = 0.0
    reporters_pause_s: float = 0.4
    work: Work = Work.ANYTHING
    away_s: float = 0.0


def victims(*, whole: Whole, installation: Installation) -> list[Victim]:
    """In the order in which they are killed."""

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
    return [
        Victim(name="keys", living=own("keys"), pause_s=3.0, work=Work.RECEIPTS, reporters_pause_s=0.1),
        Victim(name="web", living=web, pause_s=3.0, work=Work.RECEIPTS, reporters_pause_s=0.1),
        Victim(name="worker", living=workers, pause_s=3.0, work=Work.REQUESTS, platform_delay_s=slow),
        Victim(name="opener", living=openers, pause_s=1.0),
        Victim(name="sealer", living=own("sealer"), pause_s=3.0),
        Victim(name="database", living=database, pause_s=3.0, work=Work.REQUESTS, platform_delay_s=slow),
        Victim(name="timekeeper", living=own("timekeeper"), pause_s=3.0),
        Victim(name="outage", living=database, pause_s=1.0, work=Work.RECEIPTS, away_s=30.0),
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


def kill(process_id: int) -> bool:
    """Whether there was something to kill."""
    if not _lives(process_id):
        return False
    os.kill(process_id, signal.SIGKILL)
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


def left_alone(*, since_s: float) -> list[str]:
    """Processes of ours from this run whose parent is gone: nobody would ever end them."""
    lonely = []
    for process in psutil.process_iter(["pid", "ppid", "create_time", "status"]):
        facts, command = process.info, _command(process)
        is_new = facts["create_time"] >= since_s and facts["status"] != psutil.STATUS_ZOMBIE
        if is_new and facts["ppid"] == 1 and any(name in command for name in (_OPENER, "granian", "haetae")):
            lonely.append(f"{facts['pid']} {' '.join(command)[:100]}")
    return lonely


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
