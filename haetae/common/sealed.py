"""Text that lies sealed in the database: addresses of pictures are read with a key or not at all."""

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from haetae.common.case_keys import WrongKeyError

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: a random 96-bit nonce


def seal(text: str) -> bytes:
    """AES-256-GCM under the flow key: nonce, ciphertext and tag in one."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(settings.KEYS.locator_key).encrypt(nonce, text.encode(), None)


def unseal(sealed: bytes) -> str:
    """Raises WrongKeyError when the bytes were altered or another key sealed them."""
    blob, cipher = bytes(sealed), AESGCM(settings.KEYS.locator_key)
    try:
        return cipher.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError(
            "A sealed address does not open: the keys (HAETAE_KEYS) are not those of this database, or it was altered."
        ) from error


def search_digest(text: str) -> str:
    """64 hex digits by which a sealed text is found again; worthless without the key."""
    return hmac.new(settings.KEYS.search_key, text.encode(), hashlib.sha256).hexdigest()


if TYPE_CHECKING:
    _BinaryField = models.BinaryField[str, str]
    _BinaryFieldOrNone = models.BinaryField[str | None, str | None]
else:
    _BinaryField = _BinaryFieldOrNone = models.BinaryField


class _Sealing:
    """Reads and writes str; the column holds only ciphertext."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(value)

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_default(self) -> Any:
        """Empty text, where the plain column would have empty bytes."""
        default = super().get_default()  # type: ignore[misc]
        return "" if default == b"" else default

    def to_python(self, value: Any) -> Any:
        return value


class SealedTextField(_Sealing, _BinaryField):
    """A text that lies sealed."""


class SealedTextOrNoneField(_Sealing, _BinaryFieldOrNone):
    """The same where there may be none yet. Give it null=True."""
