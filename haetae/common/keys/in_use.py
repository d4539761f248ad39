"""A signer that signs with whichever key is in use then."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from haetae.common.keys.generations import Generations


class _Ring(Protocol):
    def generations(self, name: str) -> Generations:
        """Of one key."""

    def signer(self, name: str, number: int) -> Ed25519PrivateKey:
        """The signing key of this generation."""


class InUse:
    """A Signer that signs with whichever key is in use then."""

    def __init__(self, ring: _Ring, name: str) -> None:
        self._ring = ring
        self._name = name

    def sign(self, data: bytes, /) -> bytes:
        return self._key().sign(data)

    def public_key(self) -> Ed25519PublicKey:
        return self._key().public_key()

    def _key(self) -> Ed25519PrivateKey:
        return self._ring.signer(self._name, self._ring.generations(self._name).current.number)
