"""Keys that nobody may run with: made by hand, known to others, too short, the same twice, open to others."""

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from haetae.common.keys.errors import WeakKeyError
from haetae.common.keys.generations import GENERATIONS
from haetae.common.keys.kinds import is_own

KEY_BYTES: Final = 32
# Of 32 random bytes some thirty are different.
_DIFFERENT_AT_LEAST: Final = 12
_WORDS: Final = (b"haetae", b"secret", b"test", b"default", b"changeme", b"password", b"example", b"")
_MAKE_ANEW: Final = "Move it away and make another with `haetae keys --make`"


def refuse_weak_keys(folder: Path) -> None:
    """Raises WeakKeyError with the name of the file and the way out."""
    _see_folder(folder)
    seen: dict[bytes, str] = {}
    for path in sorted(folder.iterdir()):
        if path.name == GENERATIONS or not is_own(path.name) or path.name.startswith("."):
            continue
        _see_file(path)
        if path.suffix in {".public", ".search", ".succession"}:
            continue
        content = path.read_bytes()
        problem = why_weak(content)
        if problem is None and content in seen:
            problem = f"is the same as {seen[content]}"
        if problem is not None:
            raise WeakKeyError(
                f"The key file {path} {problem}. {_MAKE_ANEW}; what lay under it is lost with it, so do this "
                "before anything is kept."
            )
        seen[content] = path.name


def why_weak(content: bytes) -> str | None:
    """What is wrong with these bytes as a key, to be read after the file's name; None where nothing is."""
    if len(content) != KEY_BYTES:
        return f"holds {len(content)} bytes and must hold {KEY_BYTES} random ones"
    if len(set(content)) < _DIFFERENT_AT_LEAST or content in _counted():
        return "is not random"
    if all(32 <= byte < 127 or byte in b"\r\n\t" for byte in content):
        return "was typed by somebody"
    return "is a key that everybody knows" if content in _known() else None


def _counted() -> Iterable[bytes]:
    """0, 1, 2, ... and the like, forwards and backwards."""
    rows = [
        bytes((start + step * place) % 256 for place in range(KEY_BYTES))
        for start in range(256)
        for step in (1, 255)
    ]
    return frozenset(rows)


def _known() -> Iterable[bytes]:
    """What people take who need a key at once: a digest of a word."""
    return frozenset(hashlib.sha256(word).digest() for word in _WORDS)


def _see_folder(folder: Path) -> None:
    status = folder.stat()
    if status.st_uid not in {os.geteuid(), 0}:
        raise WeakKeyError(
            f"The folder of the keys {folder} belongs to another user (number {status.st_uid}): "
            "give it to the one who runs `haetae keys`, with chown."
        )
    if stat.S_IMODE(status.st_mode) & 0o022:
        raise WeakKeyError(f"Others may write into the folder of the keys {folder}: chmod 700 {folder}")


def _see_file(path: Path) -> None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise WeakKeyError(f"The key file {path} is no plain file: put the key itself in its place.")
    if status.st_uid not in {os.geteuid(), 0}:
        raise WeakKeyError(
            f"The key file {path} belongs to another user (number {status.st_uid}): "
            "give it to the one who runs `haetae keys`, with chown."
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise WeakKeyError(
            f"Others than its owner may read the key file {path}. If somebody could have, change the key "
            f"(`haetae keys rotate {path.name.partition('.')[0]}`); then: chmod 600 {path}"
        )
