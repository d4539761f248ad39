"""Time stamps of a digest by an outside authority (RFC 3161): what is asked, and what an answer proves. Pure.

A stamp is kept as the authority's whole answer (TimeStampResp), the file that `openssl ts -verify -in` reads.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat import asn1
from rfc3161_client import (
    PKIStatus,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

_SHA256: Final = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_DIGEST_BYTES: Final = 32
_LONGEST_CHAIN: Final = 8
_LARGEST_BYTES: Final = 65_536  # a stamp with a chain of four certificates is about 6 kB


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """The digest existed at `at` (UTC), says `authority` (the name in its certificate) under its own `serial`."""

    at: datetime
    authority: str
    serial: int


class WrongStampError(ValueError):
    """`code`: unreadable, refused (by the authority), other_digest, other_nonce, bad_signature, not_trusted."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


# The request as RFC 3161, section 2.4.1 lays it out. The client library hashes what it is given by itself; here the
# digest is what is stamped, so that stock tools find the digest of the thing itself in the stamp.
@asn1.sequence
class _Algorithm:
    algorithm: x509.ObjectIdentifier
    parameters: asn1.Null


@asn1.sequence
class _Imprint:
    algorithm: _Algorithm
    digest: bytes


@asn1.sequence
class _Request:
    version: int
    imprint: _Imprint
    nonce: int
    wants_certificates: bool


def new_nonce() -> int:
    """64 random bits: an answer that was made before we asked does not have them."""
    return secrets.randbits(64)


def request_for(digest: bytes, *, nonce: int) -> bytes:
    """The body (application/timestamp-query) that asks for a stamp of 32 bytes of SHA-256. Raises ValueError."""
    if len(digest) != _DIGEST_BYTES:
        raise ValueError(f"a SHA-256 has {_DIGEST_BYTES} bytes, not {len(digest)}")
    algorithm = _Algorithm(algorithm=_SHA256, parameters=asn1.Null())
    imprint = _Imprint(algorithm=algorithm, digest=digest)
    return asn1.encode_der(_Request(version=1, imprint=imprint, nonce=nonce, wants_certificates=True))


def read_stamp(
    token: bytes, *, digest: bytes, roots: Iterable[x509.Certificate], nonce: int | None = None
) -> Stamp:
    """What the answer proves about the digest; certificates count at the moment of the stamp, not today.

    `roots` are the authorities that we trust; `nonce` is the one of the request, for whoever has just asked.
    Raises WrongStampError.
    """
    answer = _answer_in(token)
    imprint = answer.tst_info.message_imprint
    if imprint.hash_algorithm != _SHA256 or imprint.message != digest:
        raise WrongStampError("other_digest", "The time stamp is one of another document.")
    if nonce is not None and _nonce_of(answer) != nonce:
        raise WrongStampError("other_nonce", "The time stamp answers another question than ours.")
    trusted = list(roots)
    enclosed = _enclosed_in(answer)
    signer = _signer_of(answer, enclosed)
    if not _leads_to(trusted, signer, between=enclosed):
        raise WrongStampError("not_trusted", "The time stamp is of an authority that is not trusted here.")
    if not _holds(answer, digest=digest, roots=trusted):
        raise WrongStampError("bad_signature", "The signature of the time stamp does not hold.")
    return Stamp(
        at=answer.tst_info.gen_time,
        authority=signer.subject.rfc4514_string(),
        serial=answer.tst_info.serial_number,
    )


def said_by(token: bytes) -> tuple[datetime, str]:
    """The moment and the name that an answer carries, unproven. Raises WrongStampError for what is no stamp."""
    answer = _answer_in(token)
    return answer.tst_info.gen_time, _signer_of(answer, _enclosed_in(answer)).subject.rfc4514_string()


@contextmanager
def _unreadable() -> Iterator[None]:
    """Foreign bytes in a foreign parser: whatever it says of them, they are no stamp."""
    try:
        yield
    except WrongStampError:
        raise
    except Exception as problem:
        raise WrongStampError("unreadable", "What should be a time stamp cannot be read as one.") from problem


def _answer_in(token: bytes) -> TimeStampResponse:
    if len(token) > _LARGEST_BYTES:
        raise WrongStampError("unreadable", "What should be a time stamp is far too large for one.")
    with _unreadable():
        answer = decode_timestamp_response(token)
        if answer.status != PKIStatus.GRANTED:
            raise WrongStampError("refused", "The authority of time stamps gave none.")
        _ = answer.tst_info.gen_time, answer.tst_info.message_imprint.hash_algorithm
    return answer


def _nonce_of(answer: TimeStampResponse) -> int | None:
    with _unreadable():
        return answer.tst_info.nonce


def _enclosed_in(answer: TimeStampResponse) -> list[x509.Certificate]:
    with _unreadable():
        return [x509.load_der_x509_certificate(bytes(one)) for one in answer.signed_data.certificates]


def _signer_of(answer: TimeStampResponse, enclosed: list[x509.Certificate]) -> x509.Certificate:
    with _unreadable():
        (signer,) = answer.signed_data.signer_infos
        for one in enclosed:
            if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
                one.subject.rfc4514_string()
                return one
    raise WrongStampError("unreadable", "The time stamp does not hold the certificate of who signed it.")


def _leads_to(
    roots: list[x509.Certificate], signer: x509.Certificate, *, between: list[x509.Certificate]
) -> bool:
    """Whether one of the roots issued the signer's certificate, or one of those between did that it issued."""
    here = signer
    for _ in range(_LONGEST_CHAIN):
        if here in roots or any(_issued(one, here) for one in roots):
            return True
        above = next((one for one in between if one != here and _issued(one, here)), None)
        if above is None:
            return False
        here = above
    return False


def _issued(issuer: x509.Certificate, one: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _holds(answer: TimeStampResponse, *, digest: bytes, roots: list[x509.Certificate]) -> bool:
    """The library's whole check: signature, chain at the moment of the stamp, purpose of the certificate, digest."""
    verifier = VerifierBuilder(roots=roots).build()
    try:
        return verifier.verify(answer, digest)
    except (VerificationError, ValueError):
        return False
