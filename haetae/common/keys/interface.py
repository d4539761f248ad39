"""What may be asked of the keys, wherever they lie."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretched:
    """What a receipt gives: `lookup` (64 hex digits) finds the case, `key` (32 bytes) opens it."""

    lookup: str
    key: bytes


class Signer(Protocol):
    """Signs with a key that it need not hold. An Ed25519PrivateKey is one."""

    def sign(self, data: bytes, /) -> bytes:
        """64 bytes."""

    def public_key(self) -> Ed25519PublicKey:
        """What checks the signatures."""


class Keys(Protocol):
    """Bytes are given where every request needs them; where few do, the work is done and the key stays where it is.

    Everything may raise MissingKeyError and KeysUnavailableError.
    """

    @property
    def django_secret(self) -> str:
        """Signs sessions and form tokens."""

    @property
    def locator_key(self) -> bytes:
        """Seals addresses at rest (AES-256-GCM)."""

    @property
    def search_key(self) -> bytes:
        """Keys the digests by which sealed addresses are found again."""

    @property
    def portal_key(self) -> bytes:
        """Seals what a form or a cookie of the portal carries (AES-256-GCM)."""

    @property
    def log_key(self) -> Signer:
        """Signs the heads of the event log."""

    @property
    def proof_key(self) -> Signer:
        """Signs proofs that a report was received."""

    @property
    def operators_key(self) -> Signer:
        """Signs what operators get from us (Standard Webhooks, v1a)."""

    @property
    def custodian_public(self) -> X25519PublicKey:
        """Case keys are sealed to it. It opens nothing."""

    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:
        """From a receipt's bits to what finds and opens the case; takes as long for bits that no case has.

        `is_guess`: somebody typed it in. Guesses wait for each other and for nobody's report.
        """

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        """So that the custodian can open it, for this case alone."""

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        """The custodian's side: whoever calls this has said why, and that is recorded. Raises WrongKeyError."""

    def read(self, name: str, make: Callable[[], bytes] = ...) -> bytes:
        """A secret that came from outside, as an operator's token."""

    def store(self, name: str, content: bytes) -> None:
        """Keep a secret that came from outside, replacing an older one."""

    def remove(self, name: str) -> None:
        """Forget a secret that came from outside."""
