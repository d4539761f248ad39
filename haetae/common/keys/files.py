"""Keys as files of mode 0600 in one folder, made on first use only where that is allowed."""

import os
import secrets
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from haetae.common.keys import primitives
from haetae.common.keys.errors import MissingKeyError
from haetae.common.keys.interface import Stretched
from haetae.common.keys.primitives import derive


class KeyRing:
    """All keys of one installation. `may_create` is true in development and tests, false in production.

    `receipt_cost` is what scrypt is asked for at each guess of a receipt; only tests make it less.
    """

    def __init__(
        self, *, folder: Path, may_create: bool, receipt_cost: int = primitives.RECEIPT_COST
    ) -> None:
        self._folder = folder
        self._receipt_cost = receipt_cost
        self._may_create = may_create

    def read(self, name: str, make: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> bytes:
        """The content of one key file; a missing one is made by `make` (32 random bytes unless told otherwise)."""
        path = self._folder / name
        if not path.exists():
            if not self._may_create:
                raise MissingKeyError(f"The key file {path} is missing. Make it with: haetae keys --make")
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
        return self.read("django-secret").hex()

    @cached_property
    def locator_key(self) -> bytes:
        return derive(self.read("flow"), purpose=b"locators")

    @cached_property
    def search_key(self) -> bytes:
        return derive(self.read("flow"), purpose=b"search")

    @cached_property
    def log_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.read("event-log", primitives.new_ed25519))

    @cached_property
    def portal_key(self) -> bytes:
        return derive(self.read("portal"), purpose=b"portal")

    @cached_property
    def proof_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.read("receipt-proofs", primitives.new_ed25519))

    @cached_property
    def operators_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.read("operator-messages", primitives.new_ed25519))

    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:  # noqa: ARG002 - nobody waits here
        return primitives.stretch(bits, pepper=self.pepper, cost=self._receipt_cost)

    @cached_property
    def pepper(self) -> bytes:
        """Without it a stolen database does not even say whether a guessed receipt is right."""
        return self.read("receipt-pepper")

    @cached_property
    def custodian_public(self) -> X25519PublicKey:
        return self._custodian.public_key()

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        return primitives.seal_to(self.custodian_public, case_key, case_id=case_id)

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        return primitives.open_with(self._custodian, sealed, case_id=case_id)

    @cached_property
    def _custodian(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.read("custodian", primitives.new_x25519))


# The names of the files that are ours. Every other one came from outside.
OWN = frozenset(
    {
        "django-secret",
        "flow",
        "event-log",
        "portal",
        "receipt-proofs",
        "operator-messages",
        "receipt-pepper",
        "custodian",
    }
)


def read_all(keys: KeyRing) -> None:
    """Every key that an installation must have. Raises MissingKeyError where one is missing and may not be made."""
    assert all(
        (
            keys.django_secret,
            keys.locator_key,
            keys.log_key,
            keys.portal_key,
            keys.proof_key,
            keys.operators_key,
            keys.pepper,
            keys.custodian_public,
        )
    )


def make_missing_keys(folder: Path) -> None:
    """Make every key of an installation that is not there yet."""
    read_all(KeyRing(folder=folder, may_create=True))
