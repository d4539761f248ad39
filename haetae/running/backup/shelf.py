"""The folder in which backups stand: one folder each, the log that is copied often, and evidence, each file once.

    SHELF/2026-11-27T03-00-00Z/   database.dump (or .age) and manifest.json, written last
    SHELF/log/                    heads, stamps, and rows/ in pieces: what was copied since, too
    SHELF/evidence/               named by SHA-256, locked for its custodians already

A folder whose name begins with a dot is none: it was not finished.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from haetae.running.backup.manifest import NAME, Manifest
from haetae.running.errors import CannotStartError

DUMP: Final = "database.dump"
_HALF: Final = ".half-"


@contextmanager
def locked(shelf: Path) -> Iterator[None]:
    """Two backups into one shelf come one after the other, by saying so: the second one is refused."""
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (shelf / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStartError(f"Another backup into {shelf} is under way. Wait for its end.") from None
        yield


def begin(shelf: Path, *, at: datetime) -> Path:
    """An empty folder that does not look like a backup yet. What an earlier one left half done is cleared away."""
    for left in shelf.glob(f"{_HALF}*"):
        shutil.rmtree(left)
    half = shelf / f"{_HALF}{name_at(at)}"
    half.mkdir(mode=0o700)
    return half


def finish(half: Path) -> Path:
    """It gets its name as the last thing, and both stay after a power cut."""
    done = half.with_name(half.name.removeprefix(_HALF))
    settle(half)
    half.rename(done)
    settle(done.parent)
    return done


def name_at(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")


def complete(shelf: Path) -> list[Path]:
    """The backups that stand there, the oldest first."""
    return sorted(path.parent for path in shelf.glob(f"[0-9]*/{NAME}"))


def chosen(folder: Path) -> tuple[Path, Path]:
    """Shelf and backup of what somebody named: a backup itself, or a shelf, whose newest one is meant.

    Raises CannotStartError.
    """
    if (folder / NAME).exists():
        return folder.resolve().parent, folder.resolve()
    found = complete(folder)
    if not found:
        words = "A folder whose name begins with a dot was not finished and cannot be used."
        raise CannotStartError(f"There is no complete backup in {folder}. {words}")
    return folder.resolve(), found[-1].resolve()


def manifests(shelf: Path) -> dict[Path, Manifest]:
    """Of every complete backup, the oldest first. Raises CannotStartError where one cannot be read."""
    return {folder: Manifest.read(folder) for folder in complete(shelf)}


def settle(folder: Path) -> None:
    """What was renamed in there stays after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
