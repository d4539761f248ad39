"""Keys as files of mode 0600 in one folder, made on first use only where that is allowed."""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys import primitives
from haetae.common.keys.errors import MissingKeyError
from haetae.common.keys.generations import (
    Generations,
    file_name,
    give_to_owner,
    read_generations,
)
from haetae.common.keys.in_use import InUse
from haetae.common.keys.interface import SealingKeys, SearchKeys, Signer, Stretched
from haetae.common.keys.kinds import KINDS
from haetae.common.keys.marks import FIRST, marked, read_mark
from haetae.common.keys.moments import Written, as_of_one_moment, written
from haetae.common.keys.primitives import derive


class KeyRing:
    """All keys of one installation. `may_create` is true in development and tests, false in production.

    `receipt_cost` is what scrypt is asked for at each guess of a receipt; only tests make it less. Which generations
    there are is looked at each time, so that a key that is changed elsewhere is changed here.
    """

    def __init__(
        self, *, folder: Path, may_create: bool, receipt_cost: int = primitives.RECEIPT_COST
    ) -> None:
        self.folder = folder
        self._receipt_cost = receipt_cost
        self._may_create = may_create
        self._seen: tuple[Written, dict[str, Generations]] | None = None
        self._made: dict[tuple[object, ...], Any] = {}

    def read(self, name: str, make: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> bytes:
        """The content of one key file; a missing one is made by `make` (32 random bytes unless told otherwise)."""
        path = self.folder / name
        if not path.exists():
            if not self._may_create:
                raise MissingKeyError(f"The key file {path} is missing. Make it with: haetae keys --make")
            self._write_once(path, make())
        return path.read_bytes()

    def store(self, name: str, content: bytes) -> None:
        """Keep a secret that came from outside (an operator's token), replacing an older one."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        self._write_once(fresh, content)
        fresh.replace(path)

    def remove(self, name: str) -> None:
        """Forget a secret that came from outside."""
        (self.folder / name).unlink(missing_ok=True)

    def _write_once(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written beside and linked into place: of two processes that start at once, both end with the same key.
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        give_to_owner(draft, path.parent)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def generations(self, name: str) -> Generations:
        """Of one key. Raises MissingKeyError when what tells of them is spoilt."""
        return self._now()[name]

    def _now(self) -> dict[str, Generations]:
        found = written(self.folder)
        seen = self._seen
        if seen is None or seen[0] != found:
            seen = (found, read_generations(self.folder))
            self._made = {}
            self._seen = seen
        return seen[1]

    def _once(self, what: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """Made anew only after a change of generations."""
        self._now()
        made = self._made
        if what not in made:
            made[what] = make()
        return made[what]

    def _own(self, name: str, number: int) -> bytes:
        """A key file of ours. Only a first generation is ever made up."""
        if number == FIRST:
            return self.read(name, KINDS[name].make)
        path = self.folder / file_name(name, number)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            words = f"The key file {path} is missing: bring it back from your copy of the keys."
            raise MissingKeyError(words) from None

    def _live(self, name: str) -> list[int]:
        """Numbers of generations whose files are there; one that is just being announced may not be yet."""
        told = self.generations(name)
        return [
            one.number
            for one in told.live
            if one.is_used or (self.folder / file_name(name, one.number)).exists()
        ]

    def _by_number(self, name: str, purpose: bytes) -> SealingKeys:
        newest = self.generations(name).current.number
        numbers = self._live(name)
        return SealingKeys(
            newest=newest,
            keys={number: derive(self._own(name, number), purpose=purpose) for number in numbers},
        )

    @property
    @as_of_one_moment
    def django_secret(self) -> str:
        number = self.generations("django-secret").current.number
        secret: str = self._once(("django", number), lambda: self._own("django-secret", number).hex())
        return secret

    @property
    @as_of_one_moment
    def other_django_secrets(self) -> tuple[str, ...]:
        current = self.generations("django-secret").current.number
        numbers = [number for number in self._live("django-secret") if number != current]
        return tuple(self._own("django-secret", number).hex() for number in reversed(numbers))

    @property
    @as_of_one_moment
    def locator_keys(self) -> SealingKeys:
        keys: SealingKeys = self._once(("locators",), lambda: self._by_number("flow", b"locators"))
        return keys

    @property
    @as_of_one_moment
    def search_keys(self) -> SearchKeys:
        keys: SearchKeys = self._once(("search",), self._searching)
        return keys

    def _searching(self) -> SearchKeys:
        live = self._live("flow")
        return SearchKeys(
            newest=self.generations("flow").current.number,
            live=live,
            keys=[self._search_key(number, is_live=number in live) for number in range(FIRST, live[-1] + 1)],
        )

    def _search_key(self, number: int, *, is_live: bool) -> bytes:
        """Of a flow key that is gone, what digests need of it was left here."""
        if is_live:
            return derive(self._own("flow", number), purpose=b"search")
        return self._left("flow", number)

    def _left(self, name: str, number: int) -> bytes:
        path = self.folder / f"{name}.{number}.{KINDS[name].leaves}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            words = f"{path} is missing: bring it back from your copy of the keys."
            raise MissingKeyError(words) from None

    @property
    @as_of_one_moment
    def portal_keys(self) -> SealingKeys:
        keys: SealingKeys = self._once(("portal",), lambda: self._by_number("portal", b"portal"))
        return keys

    def learn(self) -> None:
        """The folder is looked at each time anyway."""

    @property
    def log_key(self) -> Signer:
        return InUse(self, "event-log")

    @property
    def proof_key(self) -> Signer:
        return InUse(self, "receipt-proofs")

    @property
    def operators_key(self) -> Signer:
        return InUse(self, "operator-messages")

    @property
    @as_of_one_moment
    def former_operators_keys(self) -> Sequence[Signer]:
        former = self.generations("operator-messages").former
        return [self.signer("operator-messages", one.number) for one in reversed(former)]

    @as_of_one_moment
    def signer(self, name: str, number: int) -> Ed25519PrivateKey:
        """The signing key of this generation, for whoever owns the files."""
        key: Ed25519PrivateKey = self._once(
            (name, number), lambda: Ed25519PrivateKey.from_private_bytes(self._own(name, number))
        )
        return key

    @as_of_one_moment
    def public_keys(self, name: str) -> Sequence[Ed25519PublicKey]:
        told, live = self.generations(name), self._live(name)
        numbers = [one.number for one in reversed(told.all) if one.retired_at or one.number in live]
        numbers.sort(key=lambda number: number != told.current.number)
        return [self._public(name, number, is_live=number in live) for number in numbers]

    def _public(self, name: str, number: int, *, is_live: bool) -> Ed25519PublicKey:
        if is_live:
            return self.signer(name, number).public_key()
        return Ed25519PublicKey.from_public_bytes(self._left(name, number))

    @as_of_one_moment
    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:  # noqa: ARG002 - nobody waits here
        current = self.generations("receipt-pepper").current.number
        others = [number for number in reversed(self._live("receipt-pepper")) if number != current]
        newest, *former = (self._stretched(bits, number) for number in (current, *others))
        return replace(newest, former=tuple(former))

    def _stretched(self, bits: bytes, number: int) -> Stretched:
        pepper = self._own("receipt-pepper", number)
        stretched = primitives.stretch(bits, pepper=pepper, cost=self._receipt_cost)
        return replace(stretched, generation=number)

    @property
    @as_of_one_moment
    def pepper(self) -> bytes:
        """Without it a stolen database does not even say whether a guessed receipt is right."""
        return self._own("receipt-pepper", self.generations("receipt-pepper").current.number)

    @property
    @as_of_one_moment
    def custodian_public(self) -> X25519PublicKey:
        return self._custodian(self.custodian_number).public_key()

    @property
    def custodian_number(self) -> int:
        """The generation of the custodian's key to which case keys are sealed."""
        return self.generations("custodian").current.number

    @as_of_one_moment
    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        sealed = primitives.seal_to(self.custodian_public, case_key, case_id=case_id)
        return marked(self.custodian_number, sealed)

    @as_of_one_moment
    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        number, content = read_mark(bytes(sealed))
        if number not in self._live("custodian"):
            raise WrongKeyError(f"This lies under the custodian's key {number}, which is not here.")
        return primitives.open_with(self._custodian(number), content, case_id=case_id)

    def reseal_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        return self.seal_case_key(self.open_case_key(sealed, case_id=case_id), case_id=case_id)

    def _custodian(self, number: int) -> X25519PrivateKey:
        key: X25519PrivateKey = self._once(
            ("custodian", number), lambda: X25519PrivateKey.from_private_bytes(self._own("custodian", number))
        )
        return key
