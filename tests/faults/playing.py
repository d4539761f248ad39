"""Plays scenarios in processes of their own and sees that nothing is left of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import psutil

from tests.faults.alone import RESULTS
from tests.faults.say import say

# In the environment of whatever a scenario starts, so that what it leaves behind is known to be its own.
_MARK: Final = "HAETAE_FAULTS_FOLDER"
_OPENER: Final = "haetae.detect.opening.child"  # gets no environment of ours
_PATIENCE_S: Final = {False: 600.0, True: 7_200.0}
_CUT_OFF: Final = "It did not come to its end in time, and was cut off."
_ENDS_WITHIN_S: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Played:
    """One scenario and what came of it. `broken` is empty when every promise was kept."""

    number: int
    name: str
    says: str
    counts: dict[str, int | float | str]
    broken: list[str]
    took_s: float

    @property
    def held(self) -> bool:
        return not self.broken


def played(
    numbers: Sequence[int], names: dict[int, str], *, folder: Path, full: bool, seed: int
) -> list[Played]:
    """Play these one after the other in one process; its folder is thrown away afterwards."""
    began_s, label = time.time(), " ".join(f"F{number}" for number in numbers)
    (folder / "tmp").mkdir(parents=True)
    say(f"{label}: begins")
    try:
        ended = _run([names[number] for number in numbers], label, folder=folder, full=full, seed=seed)
        left = [] if ended == _CUT_OFF else _left_behind(folder, since_s=began_s)
        results = list(_results(numbers, names, folder=folder, ended=ended))
    finally:
        _end_what_is_left(folder)
        shutil.rmtree(folder, ignore_errors=True)
    if left:  # whichever of them it was: the last one is asked
        words = [f"A process was left alone: {process}" for process in left]
        results[-1] = replace(results[-1], broken=[*results[-1].broken, *words])
    for result in results:
        say(f"F{result.number}: {'held' if result.held else 'BROKEN'} after {result.took_s:.0f} s")
    return results


def _run(names: list[str], label: str, *, folder: Path, full: bool, seed: int) -> str:
    """How its process ended, in words; empty when as it should."""
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told |= {
        "HAETAE_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        "TMPDIR": str(folder / "tmp"),
        # Hundreds of reports about one host within minutes are what a storm is, and no machine would ask for anything.
        "HAETAE_STORM_REPORTS": "1000000",
        _MARK: str(folder),
    }
    arguments = ["--folder", str(folder), "--seed", str(seed), *(["--full"] if full else []), *names]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "tests.faults.alone", *arguments],
        env=told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    telling = threading.Thread(target=_pass_on, args=[process, label], daemon=True)
    telling.start()
    try:
        status = process.wait(_PATIENCE_S[full])
    except subprocess.TimeoutExpired:
        return _CUT_OFF
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        telling.join(2.0)  # who is left behind may hold the pipe open
    return "" if status == 0 else f"Its process ended with status {status}."


def _pass_on(process: "subprocess.Popen[str]", label: str) -> None:
    assert process.stdout is not None
    with suppress(ValueError, OSError):
        for line in process.stdout:
            say(f"{label}: {line.rstrip()}")


def _results(numbers: Sequence[int], names: dict[int, str], *, folder: Path, ended: str) -> Iterator[Played]:
    """One for each number, also for those of which nothing was heard."""
    file = folder / RESULTS
    lines = file.read_text().splitlines() if file.exists() else []
    told = {line["name"]: line for line in map(json.loads, lines)}
    for number in numbers:
        name = names[number]
        line = told.get(name) or {"name": name, "says": name, "counts": {}, "broken": [], "took_s": 0.0}
        unheard = [] if name in told else ["Nothing was heard of it."]
        wrong = [*line["broken"], *unheard, *([ended] if ended and number == numbers[-1] else [])]
        yield Played(number=number, **{**line, "broken": wrong})


def _left_behind(folder: Path, *, since_s: float) -> list[str]:
    """What still runs although the scenario is over, once it had a moment to end."""
    deadline = time.monotonic() + _ENDS_WITHIN_S
    while (left := _still_there(folder, since_s=since_s)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return [f"{process.pid} {' '.join(_command(process))[:100]}" for process in left]


def _end_what_is_left(folder: Path) -> None:
    for process in _still_there(folder, since_s=None):
        with suppress(psutil.Error):
            process.kill()


def _still_there(folder: Path, *, since_s: float | None) -> list[psutil.Process]:
    """Those that carry the mark of this folder; and openers without a parent that were started since then."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            is_ours = process.environ().get(_MARK) == str(folder)
            if is_ours or (since_s is not None and _is_lonely_opener(process, since_s=since_s)):
                found.append(process)
    return found


def _is_lonely_opener(process: psutil.Process, *, since_s: float) -> bool:
    command = _command(process)
    is_new = process.ppid() == 1 and process.create_time() >= since_s
    return is_new and _OPENER in command and command[0] == sys.executable


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
