"""The pulse of a process: that its work goes round is said in a file for this machine, and in a row for all machines.

A thread says it, but only as long as the work itself has moved: a process that hangs falls silent. The file needs no
database, so a process that waits for one is alive; see docs/decisions/0071.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final, Self

import structlog
from django.db import Error, connection

from haetae.common import clock
from haetae.common.tallies import tallies
from haetae.running import draining, pulse_files
from haetae.running.beats import actions
from haetae.running.kinds import SILENT_AFTER_S, Kind, State
from haetae.running.notices import tell_manager

_FILE_EVERY_S: Final = 2.0
_ROW_EVERY_S: Final = 10.0

log = structlog.get_logger(__name__)


class Pulse:
    """Between `begin` and `end` the process is one of those that live."""

    def __init__(self, kind: Kind, *, home: Path) -> None:
        self._kind = kind
        self._name = f"{kind}-{pulse_files.machine()}-{os.getpid()}"
        self._file = home / pulse_files.FOLDER / f"{self._name}.json"
        self._state = State.STARTING
        self._moved_s = time.monotonic()
        self._row_due_s = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat_for_ever, daemon=True, name="pulse")

    def begin(self) -> Self:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        pulse_files.sweep(self._file.parent.parent)
        self._thread.start()
        return self

    def moved(self, state: State = State.READY) -> None:
        """The work went round once more."""
        self._moved_s = time.monotonic()
        if state is self._state or self._state is State.DRAINING:
            return
        self._state = state
        self._row_due_s = 0.0
        if state is State.READY:
            tell_manager("READY=1")

    def told_to_stop(self) -> None:
        """It was told to stop: what is under way is ended, and nothing new is begun."""
        self.moved(State.DRAINING)
        tell_manager("STOPPING=1")

    def end(self) -> None:
        """In order; what was counted is written down."""
        self._stop.set()
        self._thread.join(timeout=_ROW_EVERY_S)
        self._file.unlink(missing_ok=True)
        self._with_database(ends=True)

    def _beat_for_ever(self) -> None:
        while not self._stop.wait(_FILE_EVERY_S if self._row_due_s else 0.1):
            if self in _answering:
                self.moved(State.DRAINING if draining.is_draining() else State.READY)
            if time.monotonic() - self._moved_s > SILENT_AFTER_S[self._kind]:
                log.error("process_hangs", process=self._kind.value)
                self._stop.wait(_ROW_EVERY_S)
                continue
            self._write_file()
            tell_manager("WATCHDOG=1")
            if time.monotonic() >= self._row_due_s:
                self._row_due_s = time.monotonic() + _ROW_EVERY_S
                self._with_database(ends=False)

    def _write_file(self) -> None:
        try:
            pulse_files.write(self._file, process=self._kind, state=self._state, pid=os.getpid())
        except OSError as trouble:  # a full disk; whoever asks finds the file old
            log.warning("pulse_not_written", trouble=type(trouble).__name__)

    def _with_database(self, *, ends: bool) -> None:
        """On a connection of this thread's own that is open for this moment only."""
        taken = tallies.take()
        try:
            if ends:
                actions.gone(name=self._name)
            else:
                actions.beat(
                    name=self._name,
                    kind=self._kind,
                    machine=pulse_files.machine(),
                    state=self._state,
                    version=version("haetae"),
                    at=clock.now(),
                )
            actions.add(taken)
        except Error:
            tallies.give_back(taken)  # told by whoever works; here it is no news
        finally:
            with suppress(Error):
                connection.close()


_ours: list[Pulse] = []
_answering: list[Pulse] = []


@contextmanager
def of(kind: Kind, *, home: Path) -> Iterator[Pulse]:
    """The pulse of this process, from its start to its end in order."""
    pulse = Pulse(kind, home=home).begin()
    _ours.append(pulse)
    try:
        yield pulse
    finally:
        _ours.remove(pulse)
        pulse.end()


@cache
def begin_for_good(kind: Kind, *, home: Path) -> None:
    """For a process whose work is done by others than us, once: it beats as long as a thread of it can run.

    What still answers when the server ends is not ours to say, so it is gone when it has ended in order.
    """
    pulse = Pulse(kind, home=home).begin()
    _answering.append(pulse)
    Finalize(None, pulse.end, exitpriority=10)  # also where the server was forked, which knows no atexit


def moved(state: State = State.READY) -> None:
    """The work of this process went round; says nothing where nobody asked for a pulse."""
    for pulse in _ours:
        pulse.moved(state)


def waiting() -> None:
    """This process can do nothing without the database or the keys, and tries again."""
    moved(State.WAITING)


def told_to_stop() -> None:
    """This process was told to stop."""
    for pulse in _ours:
        pulse.told_to_stop()
