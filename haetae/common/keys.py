"""Keys and secrets: files of mode 0600 under HAETAE_HOME/keys, made on first use only where that is allowed.

A ministry keeps them in a key service; this module is the one door to them, so that it can be moved there.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haetae.common.case_keys import WrongKeyError

# RFC 9180 with the parts that every library of it has.
_TO_CUSTODIAN: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
# RFC 7914: 16 MiB and some 70 ms for each guess. The 80 bits of a receipt are what protects it; this makes many
# guesses dear besides.
_SCRYPT: Final = {"n": 2**14, "r": 8, "p": 1, "maxmem": 2**26}


class MissingKeyError(Exception):
    """A key is not there, and this installation may not make one up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretched:
    """What a receipt gives: `lookup` (64 hex digits) finds the case, `key` (32 bytes) opens it."""

    lookup: str
    key: bytes


class KeyRing:
    """All keys of one installation. `may_create` is true in development and tests, false in production."""

    def __init__(self, *, folder: Path, may_create: bool) -> None:
        self._folder = folder
        self._may_create = may_create

    def read(self, name: str, make: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> bytes:
        """The content of one key file; a missing one is made by `make` (32 random bytes unless told otherwise)."""
        path = self._folder / name
        if not path.exists():
            if not self._may_create:
                raise MissingKeyError(
                    f"The key file {path} is missing. Make it with: haetae setup --make-keys"
                )
            self._write_once(path, make())
        return path.read_bytes()

    def store(self, name: str, content: bytes) -> None:
        """Keep a secret that came from outside (an operator's token), replacing an older one."""
        path = self._folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        self._write_once(fresh, content)
        fresh.replace(path)

    def remove(self, name: str) -> None:
        """Forget a secret that came from outside."""
        (self._folder / name).unlink(missing_ok=True)

    def _write_once(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written beside and linked into place: of two processes that start at once, both end with the same key.
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    @cached_property
    def django_secret(self) -> str:
        """Signs sessions and form tokens."""
        return self.read("django-secret").hex()

    @cached_property
    def locator_key(self) -> bytes:
        """Seals addresses at rest (AES-256-GCM)."""
        return _derive(self.read("flow"), purpose=b"locators")

    @cached_property
    def search_key(self) -> bytes:
        """Keys the digests by which sealed addresses are found again."""
        return _derive(self.read("flow"), purpose=b"search")

    @cached_property
    def log_key(self) -> Ed25519PrivateKey:
        """Signs the heads of the event log."""
        return Ed25519PrivateKey.from_private_bytes(self.read("event-log", _new_ed25519))

    @cached_property
    def portal_key(self) -> bytes:
        """Seals what a form or a cookie of the portal carries (AES-256-GCM)."""
        return _derive(self.read("portal"), purpose=b"portal")

    @cached_property
    def proof_key(self) -> Ed25519PrivateKey:
        """Signs proofs that a report was received."""
        return Ed25519PrivateKey.from_private_bytes(self.read("receipt-proofs", _new_ed25519))

    def stretch_receipt(self, bits: bytes) -> Stretched:
        """From a receipt's bits to what finds and opens the case: scrypt with a secret pepper, then HKDF.

        Takes as long for bits that no case has.
        """
        stretched = hashlib.scrypt(bits, salt=self.read("receipt-pepper"), dklen=32, **_SCRYPT)
        lookup = _derive(stretched, purpose=b"receipt look-up")
        return Stretched(lookup=lookup.hex(), key=_derive(stretched, purpose=b"receipt key"))

    @cached_property
    def custodian_public(self) -> X25519PublicKey:
        """Case keys are sealed to it. It opens nothing."""
        return self._custodian.public_key()

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        """So that the custodian can open it, for this case alone."""
        return _TO_CUSTODIAN.encrypt(case_key, self.custodian_public, info=_about(case_id))

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        """The custodian's side: whoever calls this has said why, and that is recorded. Raises WrongKeyError."""
        try:
            return _TO_CUSTODIAN.decrypt(bytes(sealed), self._custodian, info=_about(case_id))
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError("The custodian's key does not open this.") from error

    @cached_property
    def _custodian(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.read("custodian", _new_x25519))


def _about(case_id: UUID) -> bytes:
    return b"haetae:case:" + case_id.bytes


def _new_x25519() -> bytes:
    return X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def _new_ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def _derive(secret: bytes, *, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"haetae:" + purpose).derive(secret)


def make_missing_keys(folder: Path) -> None:
    """Make every key of an installation that is not there yet."""
    keys = KeyRing(folder=folder, may_create=True)
    keys.read("receipt-pepper")
    assert all(
        (
            keys.django_secret,
            keys.locator_key,
            keys.log_key,
            keys.portal_key,
            keys.proof_key,
            keys.custodian_public,
        )
    )
