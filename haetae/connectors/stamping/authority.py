"""One question to an authority of time stamps, and its answer checked before anybody keeps it."""

from dataclasses import dataclass
from typing import Final

from haetae.common.outbound import Limits, Origin, RefusedByRule
from haetae.common.stamp_authority import RootsUnreadableError, StampAuthority
from haetae.common.stamps import Stamp, WrongStampError, new_nonce, read_stamp, request_for
from haetae.connectors import door
from haetae.connectors.base import RefusedLinkError, UnreachableError
from haetae.connectors.exchange.client import origin_of

LIMITS: Final = Limits(total_s=20.0, connect_s=5.0, body_bytes=65_536)
_HEADERS: Final = {"content-type": "application/timestamp-query", "accept": "application/timestamp-reply"}


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """`token` is the authority's whole answer, to be kept as it is; `stamp` is what it proves."""

    token: bytes
    stamp: Stamp


def stamped(digest: bytes, *, authority: StampAuthority, limits: Limits = LIMITS) -> Stamped:
    """Ask for a stamp of 32 bytes of SHA-256. Safe to repeat: a second stamp is a second proof of the same.

    Its own TLS is not needed, because an answer proves itself or is refused. Raises ConnectorError: RefusedLinkError
    for an address that may not be asked, UnreachableError otherwise, whose code is `stamp_` and what was wrong with
    the answer (haetae.common.stamps), or says that none came.
    """
    try:
        roots = authority.roots()
    except RootsUnreadableError as problem:
        raise UnreachableError("stamp_roots_unreadable", str(problem)) from problem
    nonce = new_nonce()
    answer = door.post_over_tls(
        authority.url,
        origins=frozenset({_origin_of(authority)}),
        headers=_HEADERS,
        content=request_for(digest, nonce=nonce),
        limits=limits,
    )
    if answer.status != 200:
        words = f"The authority of time stamps answers {answer.status}."
        raise UnreachableError(f"http_{answer.status}", words, retry_after_s=door.retry_after_s(answer))
    try:
        stamp = read_stamp(answer.body, digest=digest, roots=roots, nonce=nonce)
    except WrongStampError as wrong:
        raise UnreachableError(f"stamp_{wrong.code}", str(wrong)) from wrong
    return Stamped(token=answer.body, stamp=stamp)


def _origin_of(authority: StampAuthority) -> Origin:
    """Whoever set the address made it reachable by that, on loopback and without TLS too."""
    try:
        return origin_of(authority.url)
    except RefusedByRule as refusal:
        raise RefusedLinkError(
            f"refused_{refusal.code}", f"HAETAE_TIMESTAMP_URL: {refusal.words}"
        ) from refusal
