"""Which keys may have signed which heads, after the key of the log was changed. Pure.

A change is one statement that the former key and the newer one have both signed: up to the head of this size it was
that one, and after it this one. So whoever knows either of the two can go on to the other, and a stolen former key
alone makes no successor for those who know the newer one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.audit.heads import SignedHead


@dataclass(frozen=True, kw_only=True)
class SignedSuccession:
    """`former` and `newer` are public keys (32 bytes). Heads above `size` are signed by the newer one alone."""

    size: int
    at: datetime
    former: bytes
    newer: bytes
    by_former: bytes
    by_newer: bytes

    def is_signed(self) -> bool:
        content = succession_statement(size=self.size, at=self.at, former=self.former, newer=self.newer)
        try:
            Ed25519PublicKey.from_public_bytes(self.former).verify(self.by_former, content)
            Ed25519PublicKey.from_public_bytes(self.newer).verify(self.by_newer, content)
        except (InvalidSignature, ValueError):
            return False
        return self.former != self.newer

    def as_fields(self) -> dict[str, Any]:
        """As it stands in files."""
        return {
            "size": self.size,
            "at": self.at.isoformat(),
            "from": self.former.hex(),
            "to": self.newer.hex(),
            "by_from": self.by_former.hex(),
            "by_to": self.by_newer.hex(),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "SignedSuccession":
        """Raises ValueError, TypeError or KeyError for what is none."""
        return cls(
            size=int(fields["size"]),
            at=datetime.fromisoformat(fields["at"]),
            former=bytes.fromhex(fields["from"]),
            newer=bytes.fromhex(fields["to"]),
            by_former=bytes.fromhex(fields["by_from"]),
            by_newer=bytes.fromhex(fields["by_to"]),
        )


def succession_statement(*, size: int, at: datetime, former: bytes, newer: bytes) -> bytes:
    """The bytes that both keys sign."""
    return rfc8785.dumps(
        {
            "log": "haetae-log-keys/1",
            "size": size,
            "at": at.isoformat(),
            "from": former.hex(),
            "to": newer.hex(),
        }
    )


class LogKeys:
    """The keys of one log, from one of them that is known and the changes that were declared.

    `problems` says in words what speaks against the declarations.
    """

    def __init__(self, known: Ed25519PublicKey, declared: Iterable[SignedSuccession] = ()) -> None:
        self.problems: list[str] = []
        good = []
        for one in dict.fromkeys(declared):
            if one.is_signed():
                good.append(one)
            else:
                self.problems.append(
                    f"the change of the key after the head of size {one.size} is not signed by both keys"
                )
        # The last head that each may have signed; None for the newest.
        self._until: dict[bytes, int | None] = {known.public_bytes_raw(): None}
        self._go_back(good, known.public_bytes_raw())
        self._go_on(good, known.public_bytes_raw())

    def _go_back(self, good: Sequence[SignedSuccession], key: bytes) -> None:
        while before := self._one({one.former for one in good if one.newer == key} - self._until.keys(), key):
            self._until[before] = _size(good, before, key)
            key = before

    def _go_on(self, good: Sequence[SignedSuccession], key: bytes) -> None:
        while after := self._one({one.newer for one in good if one.former == key} - self._until.keys(), key):
            self._until[key], self._until[after] = _size(good, key, after), None
            key = after

    def _one(self, found: set[bytes], beside: bytes) -> bytes | None:
        if len(found) > 1:
            self.problems.append(
                f"{len(found)} keys are declared beside the key {beside.hex()[:16]}, where there can be one: "
                "somebody else has one of them, and none is believed"
            )
        return found.pop() if len(found) == 1 else None

    def knows(self, key: Ed25519PublicKey) -> bool:
        return key.public_bytes_raw() in self._until

    def signed(self, head: SignedHead) -> bool:
        """Whether a key that may sign a head of this size has signed it."""
        return any(head.is_signed_by(key) for key in self.of(head.size))

    def of(self, size: int) -> list[Ed25519PublicKey]:
        """Those that may have signed what is said of a log of this size."""
        return [
            Ed25519PublicKey.from_public_bytes(key)
            for key, until in self._until.items()
            if until is None or size <= until
        ]


def _size(good: Iterable[SignedSuccession], former: bytes, newer: bytes) -> int:
    """An interrupted change may have been declared twice: what both keys have said last counts."""
    return max(one.size for one in good if (one.former, one.newer) == (former, newer))


def signer_of(head: SignedHead | None, keys: Sequence[Ed25519PublicKey]) -> Ed25519PublicKey:
    """Which of our keys signed it; the first one, which is in use, where none did."""
    return next((key for key in keys if head is not None and head.is_signed_by(key)), keys[0])
