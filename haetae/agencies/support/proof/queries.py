"""Makes proofs. Nothing is kept of them: each has a salt of its own, so that no two can be told to be one person's."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.proof.statement import (
    SALT_BYTES,
    NotAProofError,
    Proof,
    Statement,
    commitment,
    key_id,
    opening,
    read,
)


@dataclass(frozen=True, kw_only=True)
class Issued:
    """Two files: the `proof` may be shown to anybody, the `opening` only to whom the person wants to tell."""

    proof: str
    opening: str


def issue(opened: OpenCase) -> Issued:
    """A fresh proof that this case was received."""
    case, key = opened.case, settings.KEYS.proof_key
    salt = secrets.token_bytes(SALT_BYTES)
    received = case.opened_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    statement = Statement(
        issuer=f"{settings.JURISDICTION}:{key_id(key.public_key())}",
        received=received.isoformat(),
        links=case.links.count(),
        fingerprints=case.hashes.filter(known__withdrawn_at=None).count(),
        commitment=commitment(salt=salt, case_id=case.pk),
    )
    proof = Proof(statement=statement, signature=key.sign(statement.signed_bytes))
    return Issued(proof=proof.text, opening=opening(salt=salt, case_id=case.pk))


def checked(text: str) -> Statement | None:
    """What a genuine proof of this installation says; None for everything else."""
    try:
        proof = read(text)
    except NotAProofError:
        return None
    return proof.statement if any(proof.is_signed_by(key) for key in public_keys()) else None


def public_keys() -> Sequence[Ed25519PublicKey]:
    """By which everybody checks a proof of this installation: the one in use first, then those of older proofs."""
    keys: Sequence[Ed25519PublicKey] = settings.KEYS.public_keys("receipt-proofs")
    return keys


def public_key_text() -> str:
    """The same as PEM (SubjectPublicKeyInfo), one below the other; a proof names its own by the key's id."""
    return "".join(
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode() for key in public_keys()
    )
