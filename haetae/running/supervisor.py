"""Starts processes, starts them again when they die, and stops them in the end."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

_RESTART_PAUSE_S = 1.0
_PATIENCE_S = 12.0
_GLANCE_PAUSE_S = 0.05
_PR_SET_PDEATHSIG = 1

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class _Child:
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes]"
    restarts: int = 0
    started_s: float = field(default_factory=time.monotonic)


class Supervisor:
    """Owns the processes of one installation. What they print goes into files under `logs`."""

    def __init__(self, *, logs: Path) -> None:
        self._logs = logs
        self._children: dict[str, _Child] = {}
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="supervisor")

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, name: str, *arguments: str, environment: Mapping[str, str]) -> None:
        """Run `python ARGUMENTS` under this name and keep it running."""
        command = [sys.executable, *arguments]
        log = self._logs / f"{name}.log"
        process = _launch(command, environment, log)
        self._children[name] = _Child(command=command, environment=environment, log=log, process=process)

    def process_id(self, name: str) -> int:
        """Of the process that runs under this name now."""
        return self._children[name].process.pid

    def restarts(self) -> dict[str, int]:
        """How often each process had to be started again."""
        return {name: child.restarts for name, child in self._children.items()}

    def stop(self) -> None:
        """Ask all to stop, the last started first; end those that do not."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._watcher.join()
        for child in reversed(self._children.values()):
            _ask_to_stop(child.process)
        deadline = time.monotonic() + _PATIENCE_S
        for child in self._children.values():
            while not _has_ended(child.process) and time.monotonic() < deadline:
                time.sleep(_GLANCE_PAUSE_S)
            _end_group(child.process)

    def _watch(self) -> None:
        while not self._stopping.wait(0.2):
            for name, child in list(self._children.items()):
                long_enough_ago = time.monotonic() - child.started_s > _RESTART_PAUSE_S
                if long_enough_ago and _has_ended(child.process):
                    self._start_again(name, child)

    def _start_again(self, name: str, child: _Child) -> None:
        _end_group(child.process)
        child.started_s = time.monotonic()
        try:
            child.process = _launch(child.command, child.environment, child.log)
        except OSError as trouble:
            # No process or no file to be had just now. The others go on, and this one is tried again.
            log.error("process_does_not_start", process=name, trouble=str(trouble))
        else:
            child.restarts += 1


def _has_ended(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it is over. It is not buried yet, so that its number still names its group and no other."""
    if process.returncode is not None:
        return True
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return ended is not None


def _ask_to_stop(process: "subprocess.Popen[bytes]") -> None:
    """Not `terminate`: that buries a process which has just ended, and its group could not be named any more.

    One that the watching thread started ends with that thread, so this happens at every stop after a restart.
    """
    if process.returncode is None:
        os.kill(process.pid, signal.SIGTERM)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End the process and what it started: a web server killed outright leaves its own child at the port."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _launch(command: Sequence[str], environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own modules, no shell
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A signal to the terminal reaches only us; we pass it on in order.
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one system call
        )


def _die_with_parent() -> None:
    """So that nothing is left running when we are killed outright."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
