"""The proof itself: what it says, how it is signed, and how anybody checks it. Pure; Ed25519 over RFC 8785.

It names nothing by which a person or a picture could be found. Whose it is lies in a commitment,
SHA-256(salt || id of the case), whose salt stands in a second file: who has only the proof learns nothing more.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERSION: Final = "haetae-receipt/1"
LONGEST: Final = 4_096
SALT_BYTES: Final = 32
_HOUR: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:00:00\+00:00")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_ISSUER: Final = re.compile(r"[a-z]{2}:[0-9a-f]{16}")
_FIELDS: Final = frozenset({"version", "issuer", "received", "links", "fingerprints", "commitment"})
_COUNTS_MOST: Final = 10_000


class NotAProofError(ValueError):
    """This is no proof of ours, whoever signed it."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`received` is the hour in UTC, no finer; the counts are what had been told when the proof was made."""

    issuer: str
    received: str
    links: int
    fingerprints: int
    commitment: str
    version: str = VERSION

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return rfc8785.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A statement and the signature that stands under it, genuine or not."""

    statement: Statement
    signature: bytes

    @property
    def text(self) -> str:
        """As a file."""
        content = {"statement": asdict(self.statement), "signature": self.signature.hex()}
        return json.dumps(content, indent=2, sort_keys=True) + "\n"

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, self.statement.signed_bytes)
        except InvalidSignature:
            return False
        return self.statement.issuer.endswith(f":{key_id(key)}")


def read(text: str) -> Proof:
    """The proof in a text that somebody brings. Raises NotAProofError; says nothing of whether it is genuine."""
    if len(text) > LONGEST:
        raise NotAProofError("too long")
    try:
        content = json.loads(text.lstrip("\ufeff"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise NotAProofError("no JSON") from error
    if not isinstance(content, dict) or set(content) != {"statement", "signature"}:
        raise NotAProofError("not the fields of a proof")
    signature = content["signature"]
    if not (isinstance(signature, str) and _SIGNATURE.fullmatch(signature)):
        raise NotAProofError("not a signature")
    return Proof(statement=_statement(content["statement"]), signature=bytes.fromhex(signature))


def commitment(*, salt: bytes, case_id: UUID) -> str:
    """Ties a proof to a case for whoever is shown both, and for nobody else."""
    return hashlib.sha256(salt + case_id.bytes).hexdigest()


def opening(*, salt: bytes, case_id: UUID) -> str:
    """The second file: whoever shows it along with the proof shows that the proof is about this case."""
    return json.dumps({"case": str(case_id), "salt": salt.hex()}, indent=2, sort_keys=True) + "\n"


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 hex digits of the key's SHA-256."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def _statement(fields: object) -> Statement:
    if not isinstance(fields, dict) or set(fields) != _FIELDS or fields["version"] != VERSION:
        raise NotAProofError("not the fields of a statement")
    for name, form in (("issuer", _ISSUER), ("received", _HOUR), ("commitment", _DIGEST)):
        if not (isinstance(fields[name], str) and form.fullmatch(fields[name])):
            raise NotAProofError(name)
    for name in ("links", "fingerprints"):
        if type(fields[name]) is not int or not 0 <= fields[name] <= _COUNTS_MOST:
            raise NotAProofError(name)
    return Statement(**fields)


def _each_once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """Two fields of one name are read by one program so and by another otherwise."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice")
    return found
