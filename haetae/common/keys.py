"""Keys and secrets: files of mode 0600 under HAETAE_HOME/keys, made on first use only where that is allowed.

A ministry keeps them in a key service; this module is the one door to them, so that it can be moved there.
"""

import os
import secrets
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class MissingKeyError(Exception):
    """A key is not there, and this installation may not make one up."""


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


def _new_ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def _derive(secret: bytes, *, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"haetae:" + purpose).derive(secret)


def make_missing_keys(folder: Path) -> None:
    """Make every key of an installation that is not there yet."""
    keys = KeyRing(folder=folder, may_create=True)
    assert all((keys.django_secret, keys.locator_key, keys.log_key))
