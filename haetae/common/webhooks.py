"""Messages that a system believes: the headers of Standard Webhooks, made and checked. Pure but for the random number.

What is signed is `id.timestamp.body`. `v1` is HMAC-SHA256 under a secret that both know (`whsec_` and base64), `v1a` is
Ed25519 (`whpk_` and base64 of the public key). A message may carry several signatures, and one good one is enough: so
a key is changed without a pause. Source: the specification at standardwebhooks.com, read in 2026.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.common.keys.interface import Signer

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
SHARED_BEGINS: Final = "whsec_"
PUBLIC_BEGINS: Final = "whpk_"
_SHARED: Final = "v1"
_OWN: Final = "v1a"
# Ours are ids; of others' we keep what can be neither long nor strange.
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9_:-][A-Za-z0-9_.:-]{0,119}")
_SECONDS: Final = re.compile(r"[0-9]{1,11}")
_SIGNATURES_MOST: Final = 10  # each is tried with every key in force


@dataclass(frozen=True, kw_only=True)
class Message:
    """What came with the headers. `signed_at` is only its sender's word until a signature has been found good."""

    message_id: str
    signed_at: datetime
    signatures: tuple[str, ...]
    content: bytes


class UnsignedError(Exception):
    """One of the three headers is missing, or is not as agreed."""


def headers_for(
    *, message_id: str, at: datetime, body: bytes, secrets: Iterable[str], signers: Iterable[Signer] = ()
) -> dict[str, str]:
    """The three headers: a signature with each shared secret, and one with each key of our own that is in force."""
    timestamp = str(int(at.timestamp()))
    content = _content(message_id, timestamp, body)
    signatures = [f"{_SHARED},{_text(_hmac(secret, content))}" for secret in secrets]
    signatures += [f"{_OWN},{_text(signer.sign(content))}" for signer in signers]
    assert signatures
    return {ID: message_id, TIMESTAMP: timestamp, SIGNATURE: " ".join(signatures)}


def read(headers: Mapping[str, str], *, body: bytes) -> Message:
    """The message that these headers speak of; they may be named in any case. Raises UnsignedError."""
    message_id, timestamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    signatures = tuple(headers.get(SIGNATURE, "").split(" ")[:_SIGNATURES_MOST])
    if not (_MESSAGE_ID.fullmatch(message_id) and _SECONDS.fullmatch(timestamp) and signatures[0]):
        raise UnsignedError
    return Message(
        message_id=message_id,
        signed_at=datetime.fromtimestamp(int(timestamp), tz=UTC),
        signatures=signatures,
        content=_content(message_id, timestamp, body),
    )


def is_signed(message: Message, *, secrets: Iterable[str] = (), public_keys: Iterable[str] = ()) -> bool:
    """Whether one of its signatures is good under one of these keys. How long it takes says nothing of a secret."""
    good = False
    ours = [_hmac(secret, message.content) for secret in secrets]
    theirs = [_public(key) for key in public_keys]
    for signature in message.signatures:
        kind, _, text = signature.partition(",")
        given = _bytes(text)
        if kind == _SHARED:
            for own in ours:
                good |= hmac.compare_digest(own, given)
        elif kind == _OWN:
            good |= any(_verifies(key, given, message.content) for key in theirs)
    return good


def public_text(key: Ed25519PublicKey) -> str:
    """As it is published and registered."""
    return PUBLIC_BEGINS + _text(key.public_bytes_raw())


def _content(message_id: str, timestamp: str, body: bytes) -> bytes:
    return f"{message_id}.{timestamp}.".encode() + body


def _hmac(secret: str, content: bytes) -> bytes:
    key = base64.b64decode(secret.removeprefix(SHARED_BEGINS))
    return hmac.new(key, content, hashlib.sha256).digest()


def _public(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.removeprefix(PUBLIC_BEGINS)))


def _verifies(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    """Nothing where it is no base64: an empty signature is never a good one."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
