"""What belongs to one person lies under a key of its own: each case has one, and no file holds it.

The case's key is kept twice, wrapped under what the person's receipt gives, and sealed to the custodian
(haetae.common.keys). Whoever has neither opens nothing.
"""

import hashlib
import hmac
import os
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: a random 96-bit nonce


class WrongKeyError(ValueError):
    """The bytes were altered, belong somewhere else, or lie under another key."""


def new_case_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def seal_bytes(content: bytes, *, key: bytes, about: UUID) -> bytes:
    """AES-256-GCM: nonce, ciphertext and tag in one. `about` is the row that it belongs to: it opens nowhere else."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about.bytes)


def open_bytes(sealed: bytes | memoryview | None, *, key: bytes, about: UUID) -> bytes:
    """Raises WrongKeyError."""
    blob = bytes(sealed or b"")
    try:
        return AESGCM(key).decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], about.bytes)
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError("This cannot be opened with that key.") from error


def seal_text(text: str, *, key: bytes, about: UUID) -> bytes:
    return seal_bytes(text.encode(), key=key, about=about)


def open_text(sealed: bytes | memoryview | None, *, key: bytes, about: UUID) -> str:
    """Raises WrongKeyError."""
    return open_bytes(sealed, key=key, about=about).decode()


def keyed_id(*parts: str, key: bytes) -> UUID:
    """The same parts under the same key have the same id; without the key it says nothing about them."""
    digest = hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).digest()
    return UUID(bytes=digest[:16])
