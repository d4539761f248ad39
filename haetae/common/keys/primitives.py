"""The few things that are computed with keys, and how new ones are made. Pure."""

import hashlib
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys.interface import Stretched

# RFC 9180 with the parts that every library of it has.
_TO_CUSTODIAN: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
# RFC 7914: 16 MiB and some 70 ms for each guess. The 80 bits of a receipt are what protects it; this makes many
# guesses dear besides.
RECEIPT_COST: Final = 2**14
_SCRYPT: Final = {"r": 8, "p": 1, "maxmem": 2**26}


def derive(secret: bytes, *, purpose: bytes) -> bytes:
    """32 bytes for one purpose (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"haetae:" + purpose).derive(secret)


def stretch(bits: bytes, *, pepper: bytes, cost: int = RECEIPT_COST) -> Stretched:
    """Scrypt with a secret pepper, then HKDF. `cost` is scrypt's N."""
    stretched = hashlib.scrypt(bits, salt=pepper, dklen=32, n=cost, **_SCRYPT)
    lookup = derive(stretched, purpose=b"receipt look-up")
    return Stretched(lookup=lookup.hex(), key=derive(stretched, purpose=b"receipt key"))


def seal_to(custodian: X25519PublicKey, case_key: bytes, *, case_id: UUID) -> bytes:
    """For this case alone."""
    return _TO_CUSTODIAN.encrypt(case_key, custodian, info=_about(case_id))


def open_with(custodian: X25519PrivateKey, sealed: bytes, *, case_id: UUID) -> bytes:
    """Raises WrongKeyError."""
    try:
        return _TO_CUSTODIAN.decrypt(bytes(sealed), custodian, info=_about(case_id))
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError("The custodian's key does not open this.") from error


def _about(case_id: UUID) -> bytes:
    return b"haetae:case:" + case_id.bytes


def new_x25519() -> bytes:
    """32 bytes, raw."""
    return X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def new_ed25519() -> bytes:
    """32 bytes, raw."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
