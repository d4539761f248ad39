"""What processes of this machine say of themselves: one small file each, rewritten every two seconds.

Read without Django and without a database, so that a probe costs little and answers while the database is away.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from haetae.common import clock
from haetae.running.kinds import SILENT_AFTER_S, Kind, State

FOLDER: Final = "processes"
_FORGOTTEN_AFTER_S: Final = 86_400


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the file of one process says."""

    process: Kind
    state: State
    pid: int
    silent_s: float

    @property
    def is_alive(self) -> bool:
        return self.silent_s <= SILENT_AFTER_S[self.process]


def machine() -> str:
    """The name under which this machine appears."""
    return socket.gethostname()[:64]


def write(file: Path, *, process: Kind, state: State, pid: int) -> None:
    """Raises OSError."""
    half = file.with_suffix(".half")
    half.write_text(json.dumps({"process": process, "state": state, "pid": pid, "machine": machine()}))
    half.replace(file)


def seen(home: Path) -> Iterator[Seen]:
    """Every process of this machine that says it lives, or said so and did not end in order."""
    for file in sorted((home / FOLDER).glob("*.json")):
        with suppress(OSError, ValueError, KeyError):  # it has just ended, or the file is not ours
            told = json.loads(file.read_text())
            silent_s = clock.now().timestamp() - file.stat().st_mtime
            if told["machine"] == machine():
                yield Seen(
                    process=Kind(told["process"]),
                    state=State(told["state"]),
                    pid=int(told["pid"]),
                    silent_s=max(0.0, silent_s),
                )


def sweep(home: Path) -> None:
    """Away with what processes left behind that were killed a day ago or earlier."""
    for file in (home / FOLDER).iterdir():
        with suppress(OSError):
            if clock.now().timestamp() - file.stat().st_mtime > _FORGOTTEN_AFTER_S:
                file.unlink()
