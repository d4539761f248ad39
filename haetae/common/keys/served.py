"""Keys that another process holds: every question goes to the key service over its socket."""

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys import primitives, wire
from haetae.common.keys.errors import KeysAwayError, KeysBusyError, MissingKeyError, TooManyOpeningsError
from haetae.common.keys.handing import HandedOut, taken
from haetae.common.keys.interface import SealingKeys, SearchKeys, Signer, Stretched
from haetae.common.keys.marks import marked
from haetae.common.keys.wire import Message, Refusal

# How long a service that is being started again is waited for, and how long an answer may take: a receipt may have to
# wait its turn there.
_PATIENCE_S: Final = 5.0
_ANSWERS_WITHIN_S: Final = 20.0
_PAUSE_S: Final = 0.05
# What was handed out is asked for anew after a second, so that everybody soon knows a key that was changed. A service
# that is away may be away for ten minutes before nothing more is sealed with what may be a former key by now.
_ASKED_ANEW_S: Final = 1.0
_ANEW_WITHIN_S: Final = 2.0
_GOES_ON_S: Final = 600.0
_SIGNATURE_BYTES: Final = 64
_PUBLIC_BYTES: Final = 32
_STRETCHED_BYTES: Final = 66  # look-up, key, and the number of the generation

_REFUSALS: Final[dict[str, type[Exception]]] = {
    Refusal.MISSING: MissingKeyError,
    Refusal.WRONG_KEY: WrongKeyError,
    Refusal.BUSY: KeysBusyError,
    Refusal.TOO_MANY_OPENINGS: TooManyOpeningsError,
    Refusal.NOT_UNDERSTOOD: ValueError,
    Refusal.FAILED: KeysAwayError,
}


class ServedKeys:
    """`path` is the service's socket. What every request needs is kept in memory and asked for anew every second.

    Each question is safe to repeat, so one that was cut off by the service's end is asked again.
    """

    def __init__(self, *, path: Path, patience_s: float = _PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s
        self._given: HandedOut | None = None
        self._given_at_s = self._asked_at_s = 0.0

    def is_ready(self) -> bool:
        """Waits for its first answer; raises KeysAwayError."""
        return self._ask("ready") == b""

    @property
    def _handed(self) -> HandedOut:
        """Raises KeysAwayError at first, and when nobody has answered for too long."""
        given, now_s = self._given, time.monotonic()
        if given is None:
            return self._take(self._ask("handed_out"))
        if now_s - self._asked_at_s > _ASKED_ANEW_S:
            self.learn()
            given = self._given or given
        if now_s - self._given_at_s > _GOES_ON_S:
            return self._take(self._ask("handed_out"))
        return given

    def learn(self) -> None:
        self._asked_at_s = time.monotonic()
        with suppress(OSError, ValueError):
            answer = self._asked({"ask": "handed_out"}, within_s=_ANEW_WITHIN_S)
            if answer.get("refused") is None:
                self._take(bytes.fromhex(answer.get("given", "")))

    def _take(self, given: bytes) -> HandedOut:
        handed = taken(given)
        self._given, self._given_at_s = handed, time.monotonic()
        self._asked_at_s = self._given_at_s
        return handed

    @property
    def django_secret(self) -> str:
        return self._handed.django_secret

    @property
    def other_django_secrets(self) -> tuple[str, ...]:
        return self._handed.other_django_secrets

    @property
    def locator_keys(self) -> SealingKeys:
        return self._handed.locator_keys

    @property
    def search_keys(self) -> SearchKeys:
        return self._handed.search_keys

    @property
    def portal_keys(self) -> SealingKeys:
        return self._handed.portal_keys

    @property
    def log_key(self) -> Signer:
        return _RemoteSigner("log", "event-log", self._ask)

    @property
    def proof_key(self) -> Signer:
        return _RemoteSigner("proof", "receipt-proofs", self._ask)

    @property
    def operators_key(self) -> Signer:
        return _RemoteSigner("operators", "operator-messages", self._ask)

    @property
    def former_operators_keys(self) -> Sequence[Signer]:
        """As many as sign besides; how many there are, the service says with each signature."""
        count = len(self._ask("sign_operators", data="")) // _SIGNATURE_BYTES
        return [_RemoteSigner("operators", "operator-messages", self._ask, place=n) for n in range(1, count)]

    def public_keys(self, name: str) -> Sequence[Ed25519PublicKey]:
        pieces = _pieces(self._ask("public_keys", name=name), _PUBLIC_BYTES)
        return [Ed25519PublicKey.from_public_bytes(one) for one in pieces]

    @property
    def custodian_public(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self._handed.custodian_public)

    @property
    def custodian_number(self) -> int:
        return self._handed.custodian_number

    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:
        every = self._ask("stretch_guess" if is_guess else "stretch_receipt", bits=bits.hex())
        newest, *former = (
            Stretched(lookup=one[:32].hex(), key=one[32:64], generation=int.from_bytes(one[64:]))
            for one in _pieces(every, _STRETCHED_BYTES)
        )
        return replace(newest, former=tuple(former))

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        handed = self._handed
        public = X25519PublicKey.from_public_bytes(handed.custodian_public)
        return marked(handed.custodian_number, primitives.seal_to(public, case_key, case_id=case_id))

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        return self._ask("open_case_key", sealed=bytes(sealed).hex(), case=str(case_id))

    def reseal_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        return self._ask("reseal_case_key", sealed=bytes(sealed).hex(), case=str(case_id))

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

    def _asked(self, question: Message, *, within_s: float = _ANSWERS_WITHIN_S) -> dict[str, str]:
        with wire.address_of(self._path) as address, socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(within_s)
            connection.connect(address)
            wire.send(connection, question)
            return wire.receive(connection)


def _pieces(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


class _RemoteSigner:
    """A Signer whose key stays where it is. `place`: which of the keys that are in force, the one in use first."""

    def __init__(self, name: str, file_name: str, ask: Callable[..., Any], *, place: int = 0) -> None:
        self._name = name
        self._file_name = file_name
        self._ask = ask
        self._place = place

    def sign(self, data: bytes, /) -> bytes:
        signatures = bytes(self._ask(f"sign_{self._name}", data=bytes(data).hex()))
        return _pieces(signatures, _SIGNATURE_BYTES)[self._place]

    def public_key(self) -> Ed25519PublicKey:
        keys = _pieces(self._ask("public_keys", name=self._file_name), _PUBLIC_BYTES)
        return Ed25519PublicKey.from_public_bytes(keys[self._place])
