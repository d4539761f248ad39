"""What a signed head says, how an event is written for hashing, and the copies of the heads outside the database."""

import json
import os
from collections.abc import Iterator
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
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_outside(path: Path) -> Iterator[SignedHead]:
    """Every head written outside; a last line torn by a power cut is left out, as it was never announced."""
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines[:-1]:
        fields = json.loads(line)
        yield SignedHead(
            size=fields["size"],
            at=datetime.fromisoformat(fields["at"]),
            root=bytes.fromhex(fields["root"]),
            signature=bytes.fromhex(fields["signature"]),
        )
