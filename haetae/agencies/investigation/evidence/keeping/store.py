"""Where locked evidence lies: one file each, named by the SHA-256 of its bytes, outside the database."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


class DamagedError(Exception):
    """What lies there is not what was put there; `code` is `missing` or `altered`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"A piece of evidence in the store is {code}.")
        self.code = code


def keep(content: bytes) -> str:
    """Put it there, to stay after a power cut; returns its name. Twice is once."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{digest}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:  # a full disk, mostly: half a file would only take more of it
        draft.unlink(missing_ok=True)
        raise
    _settle(path.parent)
    return digest


def read(digest: str) -> bytes:
    """Hashed on every read. Raises DamagedError."""
    try:
        content = _path(digest).read_bytes()
    except FileNotFoundError:
        raise DamagedError("missing") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedError("altered")
    return content


def check(digest: str) -> None:
    """The same without holding it in memory. Raises DamagedError."""
    try:
        with _path(digest).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise DamagedError("missing") from None
    if found != digest:
        raise DamagedError("altered")


def destroy(digest: str) -> None:
    """Take it away for good; twice is once."""
    path = _path(digest)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _settle(path.parent)


def _path(digest: str) -> Path:
    return Path(settings.EVIDENCE) / digest[:2] / f"{digest}.age"


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
