"""Files of a backup: hashed as they are written, locked for a recipient of age where one was named."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyrage

from haetae.running.backup.manifest import Stored
from haetae.running.errors import CannotStartError

LOCKED: Final = ".age"
_PIECE_BYTES: Final = 1 << 20


class Hashing:
    """A file to write into, of whose bytes the digest and the number are known at the end."""

    def __init__(self, file: IO[bytes], *, tell: Callable[[int], None] = lambda _: None) -> None:
        self._file, self._tell, self._digest, self._bytes = file, tell, hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        self._bytes += len(content)
        self._tell(self._bytes)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def stored(self) -> Stored:
        return Stored(sha256=self._digest.hexdigest(), bytes=self._bytes)


def recipient(text: str | None) -> "pyrage.x25519.Recipient | None":
    """Raises CannotStartError."""
    if text is None:
        return None
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise CannotStartError(
            "--to: not a recipient of age; it begins with age1 (age-keygen makes one)."
        ) from None


def identity(path: Path | None) -> "pyrage.x25519.Identity | None":
    """From a file as age-keygen writes it. Raises CannotStartError."""
    if path is None:
        return None
    lines = path.read_text().splitlines()
    try:
        return pyrage.x25519.Identity.from_str(next(one.strip() for one in lines if one.startswith("AGE-")))
    except (StopIteration, pyrage.IdentityError):
        raise CannotStartError(f"--identity: {path} holds no AGE-SECRET-KEY-1….") from None


def write(
    source: IO[bytes],
    path: Path,
    *,
    to: "pyrage.x25519.Recipient | None",
    tell: Callable[[int], None] = lambda _: None,
) -> Stored:
    """Into a new file that only its owner may read, settled on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        hashing = Hashing(file, tell=tell)
        if to is None:
            shutil.copyfileobj(source, hashing, _PIECE_BYTES)
        else:
            pyrage.encrypt_io(source, hashing, [to])
        file.flush()
        os.fsync(file.fileno())
    return hashing.stored()


def read(path: Path, to: IO[bytes], *, identity: "pyrage.x25519.Identity | None") -> None:
    """The content of a file that `write` wrote. Raises CannotStartError where it does not open."""
    with path.open("rb") as file:
        if path.suffix != LOCKED:
            shutil.copyfileobj(file, to, _PIECE_BYTES)
            return
        if identity is None:
            raise CannotStartError(f"{path.name} is locked: name the file with the secret key by --identity.")
        try:
            pyrage.decrypt_io(file, to, [identity])
        except pyrage.DecryptError:
            raise CannotStartError(f"{path.name} does not open with the key of --identity.") from None


def is_whole(path: Path, stored: Stored) -> bool:
    """Whether it lies there as it was written."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
    except FileNotFoundError:
        return False


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
