"""Locking for custodians: age (X25519), whose boxes any `age` program opens with the custodian's own key."""

from collections.abc import Iterable

import pyrage


class WrongKeyError(ValueError):
    """`code`: `evidence_key_unreadable`, or `evidence_key_other` for one that opens nothing here."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def lock(content: bytes, *, recipients: Iterable[str]) -> bytes:
    """For each of these public keys. Raises ValueError without one."""
    parsed = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    if not parsed:
        raise ValueError("Evidence is locked for nobody: a custodian registers a key first.")
    locked: bytes = pyrage.encrypt(content, parsed)
    return locked


def unlock(content: bytes, *, identity: str) -> bytes:
    """With the secret half, which is used here and kept nowhere. Raises WrongKeyError."""
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError:
        raise WrongKeyError("evidence_key_unreadable") from None
    try:
        opened: bytes = pyrage.decrypt(content, [key])
    except pyrage.DecryptError:
        raise WrongKeyError("evidence_key_other") from None
    return opened


def is_recipient(text: str) -> bool:
    """Whether this is the public half of a key."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def public_half(identity: str) -> str:
    """Raises WrongKeyError."""
    try:
        return str(pyrage.x25519.Identity.from_str(identity.strip()).to_public())
    except pyrage.IdentityError:
        raise WrongKeyError("evidence_key_unreadable") from None


def new_identity() -> str:
    """A secret half, for a custodian who makes it on their own machine."""
    return str(pyrage.x25519.Identity.generate())
