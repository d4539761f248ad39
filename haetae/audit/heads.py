"""What a signed head says, how an event is written for hashing, and the copies of the heads outside the database."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.audit.models import Event


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


def canonical(event: Event) -> bytes:
    """The bytes of an event that are hashed: canonical JSON (RFC 8785) of every column."""
    return rfc8785.dumps(
        {
            "id": str(event.pk),  # as text: RFC 8785 allows whole numbers only up to 2^53
            "at": event.at.isoformat(),
            "name": event.name,
            "subject_kind": event.subject_kind,
            "subject_id": str(event.subject_id),
            "actor_kind": event.actor_kind,
            "actor_id": event.actor_id,
            "facts": event.facts,
        }
    )


def statement(*, size: int, at: datetime, root: bytes) -> bytes:
    """The bytes that a head's signature covers."""
    return rfc8785.dumps({"log": "haetae-events/1", "size": size, "at": at.isoformat(), "root": root.hex()})


def append_outside(path: Path, head: SignedHead) -> None:
    """Write a head beside the database, so that cutting the database back shows."""
    line = {
        "size": head.size,
        "at": head.at.isoformat(),
        "root": head.root.hex(),
        "signature": head.signature.hex(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        # A line torn by a power cut is closed, so that only that line is lost.
        torn = file.tell() > 0 and _last_byte(path) != b"\n"
        file.write((b"\n" if torn else b"") + json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def read_outside(path: Path) -> list[SignedHead]:
    """Every head written outside. A line that cannot be read (torn by a power cut, or spoilt) gives no head."""
    if not path.exists():
        return []
    heads = (_head_in(line) for line in path.read_bytes().split(b"\n") if line.strip())
    return [head for head in heads if head is not None]


def _head_in(line: bytes) -> SignedHead | None:
    try:
        fields = json.loads(line)
        return SignedHead(
            size=int(fields["size"]),
            at=datetime.fromisoformat(fields["at"]),
            root=bytes.fromhex(fields["root"]),
            signature=bytes.fromhex(fields["signature"]),
        )
    except (ValueError, TypeError, KeyError):
        return None
