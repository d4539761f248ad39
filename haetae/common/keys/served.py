"""Keys that another process holds: every question goes to the key service over its socket."""

import socket
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys import primitives, wire
from haetae.common.keys.errors import KeysAwayError, KeysBusyError, MissingKeyError, TooManyOpeningsError
from haetae.common.keys.interface import Signer, Stretched
from haetae.common.keys.wire import Message, Refusal

# How long a service that is being started again is waited for, and how long an answer may take: a receipt may have to
# wait its turn there.
_PATIENCE_S: Final = 5.0
_ANSWERS_WITHIN_S: Final = 20.0
_PAUSE_S: Final = 0.05

_REFUSALS: Final[dict[str, type[Exception]]] = {
    Refusal.MISSING: MissingKeyError,
    Refusal.WRONG_KEY: WrongKeyError,
    Refusal.BUSY: KeysBusyError,
    Refusal.TOO_MANY_OPENINGS: TooManyOpeningsError,
    Refusal.NOT_UNDERSTOOD: ValueError,
    Refusal.FAILED: KeysAwayError,
}


class ServedKeys:
    """`path` is the service's socket. What every request needs is asked once and then kept in memory.

    Each question is safe to repeat, so one that was cut off by the service's end is asked again.
    """

    def __init__(self, *, path: Path, patience_s: float = _PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s

    def is_ready(self) -> bool:
        """Waits for its first answer; raises KeysAwayError."""
        return self._ask("ready") == b""

    @cached_property
    def django_secret(self) -> str:
        return self._ask("django_secret").hex()

    @cached_property
    def locator_key(self) -> bytes:
        return self._ask("locator_key")

    @cached_property
    def search_key(self) -> bytes:
        return self._ask("search_key")

    @cached_property
    def portal_key(self) -> bytes:
        return self._ask("portal_key")

    @cached_property
    def log_key(self) -> Signer:
        return _RemoteSigner("log", self._ask)

    @cached_property
    def proof_key(self) -> Signer:
        return _RemoteSigner("proof", self._ask)

    @cached_property
    def operators_key(self) -> Signer:
        return _RemoteSigner("operators", self._ask)

    @cached_property
    def custodian_public(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self._ask("custodian_public"))

    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:
        both = self._ask("stretch_guess" if is_guess else "stretch_receipt", bits=bits.hex())
        return Stretched(lookup=both[:32].hex(), key=both[32:])

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        return primitives.seal_to(self.custodian_public, case_key, case_id=case_id)

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        return self._ask("open_case_key", sealed=bytes(sealed).hex(), case=str(case_id))

    def read(self, name: str, make: Callable[[], bytes] | None = None) -> bytes:
        try:
            return self._ask("read", name=name)
        except MissingKeyError:
            if make is None:
                raise
            self.store(name, made := make())
            return made

    def store(self, name: str, content: bytes) -> None:
        self._ask("store", name=name, content=content.hex())

    def remove(self, name: str) -> None:
        self._ask("remove", name=name)

    def _ask(self, ask: str, **fields: str) -> bytes:
        answer = self._asked_until_answered({"ask": ask, **fields})
        refused = answer.get("refused")
        if refused is not None:
            raise _REFUSALS.get(refused, KeysAwayError)(answer.get("words", ""))
        return bytes.fromhex(answer.get("given", ""))

    def _asked_until_answered(self, question: Message) -> dict[str, str]:
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                return self._asked(question)
            except TimeoutError as trouble:
                raise KeysAwayError("The key service does not answer in time.") from trouble
            except OSError as trouble:
                if time.monotonic() > deadline:
                    raise KeysAwayError(
                        f"The key service does not answer at {self._path}. Is `haetae keys` running?"
                    ) from trouble
                time.sleep(_PAUSE_S)

    def _asked(self, question: Message) -> dict[str, str]:
        with wire.address_of(self._path) as address, socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_ANSWERS_WITHIN_S)
            connection.connect(address)
            wire.send(connection, question)
            return wire.receive(connection)


class _RemoteSigner:
    """A Signer whose key stays where it is."""

    def __init__(self, name: str, ask: Callable[..., Any]) -> None:
        self._name = name
        self._ask = ask

    def sign(self, data: bytes, /) -> bytes:
        return bytes(self._ask(f"sign_{self._name}", data=bytes(data).hex()))

    def public_key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self._ask(f"{self._name}_public"))
