"""What may be asked of the keys, wherever they lie."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from haetae.common.keys.marks import FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretched:
    """What a receipt gives: `lookup` (64 hex digits) finds the case, `key` (32 bytes) opens it.

    `generation` is that of the pepper. `former` is the same under each former pepper that is still needed, and under
    one that is only announced: whoever looks for a case looks by all of them, each time, so that how long it takes
    says nothing.
    """

    lookup: str
    key: bytes
    generation: int = FIRST
    former: "tuple[Stretched, ...]" = ()

    @property
    def every(self) -> "dict[str, Stretched]":
        """By look-up, this one first."""
        return {one.lookup: one for one in (self, *self.former)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKeys:
    """`newest` seals; each of `keys` (32 bytes, by the number of its generation) opens what it sealed."""

    newest: int
    keys: Mapping[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchKeys:
    """What computes digests, one key on top of the other: `keys[0]` is that of the first generation.

    Digests are written under the generation `newest`, and looked for under all of `live`.
    """

    newest: int
    live: Sequence[int]
    keys: Sequence[bytes]


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
    def other_django_secrets(self) -> tuple[str, ...]:
        """What they may be signed with besides: a former one, or one that is announced."""

    @property
    def locator_keys(self) -> SealingKeys:
        """Seal addresses at rest (AES-256-GCM)."""

    @property
    def search_keys(self) -> SearchKeys:
        """Key the digests by which sealed addresses are found again."""

    @property
    def portal_keys(self) -> SealingKeys:
        """Seal what a form or a cookie of the portal carries (AES-256-GCM)."""

    def learn(self) -> None:
        """Ask for generations now, and not within the second: somebody met one that is not known here.

        Where nobody answers, what is known goes on.
        """

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
    def former_operators_keys(self) -> Sequence[Signer]:
        """Sign the same besides, for operators that have not fetched the newer one yet."""

    def public_keys(self, name: str) -> Sequence[Ed25519PublicKey]:
        """Of one of the three above (its file's name), of every generation: the one in use first, then the newest."""

    @property
    def custodian_public(self) -> X25519PublicKey:
        """Case keys are sealed to it. It opens nothing."""

    @property
    def custodian_number(self) -> int:
        """The generation of that key."""

    def stretch_receipt(self, bits: bytes, *, is_guess: bool = False) -> Stretched:
        """From a receipt's bits to what finds and opens the case; takes as long for bits that no case has.

        `is_guess`: somebody typed it in. Guesses wait for each other and for nobody's report.
        """

    def seal_case_key(self, case_key: bytes, *, case_id: UUID) -> bytes:
        """So that the custodian can open it, for this case alone."""

    def open_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        """The custodian's side: whoever calls this has said why, and that is recorded. Raises WrongKeyError."""

    def reseal_case_key(self, sealed: bytes, *, case_id: UUID) -> bytes:
        """The same case key, sealed to the custodian's newest key. Nobody sees it. Raises WrongKeyError."""

    def read(self, name: str, make: Callable[[], bytes] = ...) -> bytes:
        """A secret that came from outside, as an operator's token."""

    def store(self, name: str, content: bytes) -> None:
        """Keep a secret that came from outside, replacing an older one."""

    def remove(self, name: str) -> None:
        """Forget a secret that came from outside."""
