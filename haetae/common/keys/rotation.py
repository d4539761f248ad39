"""Changing a key, step by step in its folder. Each step is safe to repeat, and whoever is interrupted goes on later.

announce: a newer key is made, and everybody can read by it. use: it seals and signs from now on. retire: the former one
is moved into the folder `retired`, to be kept elsewhere or destroyed. What is done to rows between the last two is in
haetae.running.rewrapping.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from haetae.common.keys.errors import MissingKeyError
from haetae.common.keys.files import KeyRing
from haetae.common.keys.generations import (
    RETIRED,
    Generation,
    Generations,
    file_name,
    give_to_owner,
    read_generations,
    sync_folder,
    write_generations,
)
from haetae.common.keys.kinds import KINDS
from haetae.common.keys.primitives import derive

# Everybody asks for keys anew each second (served.py); a newer one is used only when all of them can read by it.
ANNOUNCED_FOR: Final = timedelta(seconds=5)
_LOCK: Final = ".changing"


class CannotChangeKeyError(Exception):
    """The sentence says why, and the way out."""


def announce(folder: Path, name: str, *, at: datetime) -> Generation:
    """The newer key, made and not used yet; the same one when this is repeated. Raises CannotChangeKeyError."""
    with _alone(folder) as generations:
        told = generations[name]
        if told.former:
            raise CannotChangeKeyError(
                f"The key {name} was changed before, and the former one is still needed: see `haetae keys list`, "
                f"then end it with `haetae keys retire {name}`."
            )
        newer = told.announced or Generation(number=told.all[-1].number + 1, made_at=at)
        path = folder / file_name(name, newer.number)
        # First the word, then the file, then the word once more: a file of which nothing is told would be taken for one
        # whose word was lost, and whoever read the word before the file was there has to look again.
        write_generations(folder, generations | {name: told.with_one(newer)})
        if not path.exists():
            write_new(path, KINDS[name].make())
        write_generations(folder, generations | {name: told.with_one(newer)})
        return newer


def use(folder: Path, name: str, *, at: datetime) -> Generation:
    """From now on the announced key seals and signs.

    Raises CannotChangeKeyError where none is announced, or not long enough.
    """
    with _alone(folder) as generations:
        told = generations[name]
        newer = told.announced
        if newer is None:
            raise CannotChangeKeyError(
                f"No newer key {name} is announced: `haetae keys rotate {name}` does it."
            )
        if newer.made_at and at < newer.made_at + ANNOUNCED_FOR:
            raise CannotChangeKeyError(
                f"The newer key {name} is not known to everybody yet: wait some seconds."
            )
        used = replace(newer, used_from=at)
        write_generations(folder, generations | {name: told.with_one(used)})
        return used


def needed_until(told: Generations, name: str) -> datetime | None:
    """The earliest moment at which a former key may go, whatever is counted; None where no moment is known."""
    used_from = told.current.used_from
    return None if used_from is None else used_from + KINDS[name].lasts


def retire(folder: Path, name: str, *, at: datetime, is_forced: bool = False) -> list[Path]:
    """Move every former key away; where they lie now. Whoever calls has seen that no row needs them.

    `is_forced`: before its time. Repeated after an interruption it ends what was begun. Raises CannotChangeKeyError.
    """
    with _alone(folder) as generations:
        told = generations[name]
        until = needed_until(told, name)
        if told.former and until is not None and at < until and not is_forced:
            raise CannotChangeKeyError(_too_early(name, until))
        for one in told.former:
            _leave(folder, name, one.number)
            told = told.with_one(replace(one, retired_at=at))
        write_generations(folder, generations | {name: told})
        return _moved(folder, name, told)


def _too_early(name: str, until: datetime) -> str:
    words = f"The former key {name} may still be needed until {until.isoformat(timespec='seconds')}."
    lost = KINDS[name].lost
    return f"{words} With --lose it goes now, and this is lost: {lost}." if lost else words


def _leave(folder: Path, name: str, number: int) -> None:
    """What is needed of a key for good: its public half, or what digests need of it."""
    leaves = KINDS[name].leaves
    path = folder / f"{name}.{number}.{leaves}"
    if not leaves or path.exists():
        return
    key = _content(folder / file_name(name, number))
    if leaves == "search":
        write_new(path, derive(key, purpose=b"search"))
    else:
        write_new(path, Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw())


def _moved(folder: Path, name: str, told: Generations) -> list[Path]:
    away = folder / RETIRED
    away.mkdir(mode=0o700, exist_ok=True)
    give_to_owner(away, folder)
    moved = []
    for one in told.all:
        path, there = folder / file_name(name, one.number), away / f"{name}.{one.number}"
        if one.retired_at is not None and path.exists():
            path.replace(there)
            moved.append(there)
    sync_folder(away)
    sync_folder(folder)
    return moved


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CannotChangeKeyError(f"{path} cannot be read: {problem.strerror}.") from problem


def write_new(path: Path, content: bytes) -> None:
    """A file of mode 0600 that is on the disk when this returns; one that is there stays."""
    KeyRing(folder=path.parent, may_create=True).read(path.name, lambda: content)
    sync_folder(path.parent)


@contextmanager
def _alone(folder: Path) -> "Iterator[dict[str, Generations]]":
    """One change at a time. Raises CannotChangeKeyError."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise CannotChangeKeyError(
            f"{folder} cannot be written: {problem.strerror}. "
            "Keys are changed by the user who may read them (HAETAE_KEYS)."
        ) from problem
    with suppress(OSError):
        give_to_owner(folder / _LOCK, folder)
    with os.fdopen(descriptor, "r+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotChangeKeyError("A key is being changed just now; one at a time.") from None
        try:
            yield read_generations(folder)
        except MissingKeyError as problem:
            raise CannotChangeKeyError(str(problem)) from problem
