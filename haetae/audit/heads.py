"""What a signed head says, and the copies of heads and stamps outside the database. Pure: exports are read by it."""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True, kw_only=True)
class SignedHead:
    """The first `size` events have this `root`; signed at `at`."""

    size: int
    at: datetime
    root: bytes
    signature: bytes

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, statement(size=self.size, at=self.at, root=self.root))
        except InvalidSignature:
            return False
        return True

    def stamped_digest(self) -> bytes:
        """What an authority stamps: SHA-256 of the bytes that the signature covers."""
        return hashlib.sha256(statement(size=self.size, at=self.at, root=self.root)).digest()

    def as_fields(self) -> dict[str, Any]:
        """As it stands in files."""
        return {
            "size": self.size,
            "at": self.at.isoformat(),
            "root": self.root.hex(),
            "signature": self.signature.hex(),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "SignedHead":
        """Raises ValueError, TypeError or KeyError for what is no head."""
        return cls(
            size=int(fields["size"]),
            at=datetime.fromisoformat(fields["at"]),
            root=bytes.fromhex(fields["root"]),
            signature=bytes.fromhex(fields["signature"]),
        )


@dataclass(frozen=True, kw_only=True)
class StampedHead:
    """The answer of an authority of time stamps about the head of this size (haetae.common.stamps)."""

    size: int
    token: bytes

    def as_fields(self) -> dict[str, Any]:
        return {"size": self.size, "token": base64.b64encode(self.token).decode()}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "StampedHead":
        """Raises ValueError, TypeError or KeyError for what is no stamp."""
        return cls(size=int(fields["size"]), token=base64.b64decode(fields["token"], validate=True))


def statement(*, size: int, at: datetime, root: bytes) -> bytes:
    """The bytes that a head's signature covers."""
    return rfc8785.dumps({"log": "haetae-events/1", "size": size, "at": at.isoformat(), "root": root.hex()})


_Line = TypeVar("_Line")


class Line(Protocol):
    """What is written outside: a head, the stamp of one, a change of the key."""

    def as_fields(self) -> dict[str, Any]:
        """As it stands in files."""


def append_outside(path: Path, line: Line) -> None:
    """Write a head, or the stamp of one, beside the database, so that cutting the database back shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        # A line torn by a power cut is closed, so that only that line is lost.
        torn = file.tell() > 0 and _last_byte(path) != b"\n"
        file.write((b"\n" if torn else b"") + _written(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _written(line: Line) -> bytes:
    return json.dumps(line.as_fields()).encode()


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def stamps_beside(heads: Path) -> Path:
    """The file of the stamps, next to that of the heads."""
    return heads.with_name("event-log-stamps.jsonl")


def keys_beside(heads: Path) -> Path:
    """The file of the changes of the key, next to that of the heads."""
    return heads.with_name("event-log-keys.jsonl")


def read_outside(path: Path) -> list[SignedHead]:
    """Every head written outside. A line that cannot be read (torn by a power cut, or spoilt) gives no head."""
    return list(heads_in(path))


def heads_in(path: Path) -> Iterator[SignedHead]:
    """The same one by one, for a file of any length."""
    return lines_of(path, SignedHead.from_fields)


def heads_by_size(path: Path) -> Iterator[SignedHead]:
    """The same in the order of sizes, which begin anew below the last after a restore that lost rows."""
    runs, last = [0], 0
    for place, head in enumerate(heads_in(path)):
        if head.size < last:
            runs.append(place)
        last = head.size
    ends = [*runs[1:], None]
    parts = [islice(heads_in(path), begin, end) for begin, end in zip(runs, ends, strict=True)]
    return merge(*parts, key=lambda head: head.size)


def read_stamps_outside(path: Path) -> list[StampedHead]:
    """Every stamp written outside; likewise."""
    return list(lines_of(path, StampedHead.from_fields))


def touched(path: Path, read_fields: Callable[[Mapping[str, Any]], Line]) -> int:
    """How many lines somebody else must have written: in another spelling than ours (DE for de), or spoilt at the end.

    A power cut leaves a torn line at the end too, but one without a line feed.
    """
    if not path.exists():
        return 0
    count, last = 0, False
    with path.open("rb") as file:
        for line in file:
            read = _read(line, read_fields)
            count += read is not None and _written(read) != line.rstrip(b"\n")
            last = read is None and line.endswith(b"\n")
    return count + last


def lines_of(path: Path, read_fields: Callable[[Mapping[str, Any]], _Line]) -> Iterator[_Line]:
    if not path.exists():
        return
    with path.open("rb") as file:
        yield from (read for line in file if (read := _read(line, read_fields)) is not None)


def _read(line: bytes, read_fields: Callable[[Mapping[str, Any]], _Line]) -> _Line | None:
    try:
        return read_fields(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
