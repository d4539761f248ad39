"""What dies is started again, whole: nothing of its former self stays behind."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from haetae.running import supervisor as module
from haetae.running.supervisor import Supervisor

# A process with a child, as a web server has one; the child writes down its number.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
open({path!r}, "a").write(f"{{child.pid}}\\n")
time.sleep(300)
"""


@pytest.fixture(autouse=True)
def without_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RESTART_PAUSE_S", 0.1)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def lives(process_id: int) -> bool:
    return psutil.pid_exists(process_id) and psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE


def children(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_a_process_killed_outright_comes_back_and_its_child_does_not_stay(tmp_path: Path) -> None:
    path = tmp_path / "children"
    with Supervisor(logs=tmp_path / "logs") as supervisor:
        supervisor.start("parent", "-c", PARENT.format(path=str(path)), environment=dict(os.environ))
        until(lambda: len(children(path)) == 1)
        first = supervisor.process_id("parent")
        os.kill(first, signal.SIGKILL)
        until(lambda: len(children(path)) == 2)
        assert supervisor.process_id("parent") != first
        assert supervisor.restarts() == {"parent": 1}
        until(lambda: not lives(children(path)[0]))
        assert lives(children(path)[1])
    until(lambda: not any(lives(child) for child in children(path)))  # a stop leaves nothing behind either


def test_what_died_just_before_the_stop_leaves_no_child_behind_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RESTART_PAUSE_S", 300)
    path = tmp_path / "children"
    with Supervisor(logs=tmp_path / "logs") as supervisor:
        supervisor.start("parent", "-c", PARENT.format(path=str(path)), environment=dict(os.environ))
        until(lambda: len(children(path)) == 1)
        os.kill(supervisor.process_id("parent"), signal.SIGKILL)
        until(lambda: not lives(supervisor.process_id("parent")))
    until(lambda: not lives(children(path)[0]))


def test_a_machine_that_has_no_process_to_give_does_not_end_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Supervisor(logs=tmp_path / "logs") as supervisor:
        supervisor.start("sleeper", "-c", "import time; time.sleep(300)", environment=dict(os.environ))
        first, launch, refused = supervisor.process_id("sleeper"), module._launch, []

        def refuse_twice(*arguments: object) -> object:
            if len(refused) < 2:
                refused.append(True)
                raise OSError("no more processes")
            return launch(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(module, "_launch", refuse_twice)
        os.kill(first, signal.SIGKILL)
        until(lambda: supervisor.restarts() == {"sleeper": 1})
        assert len(refused) == 2
        assert lives(supervisor.process_id("sleeper"))
