"""The log as lines for outsiders: written one by one, however long it is. `haetae.audit.exported` reads them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, Final

import rfc8785

from haetae.audit import queries
from haetae.audit.canonical import fields_of
from haetae.audit.consistency import proof
from haetae.audit.exported import FORMAT
from haetae.audit.heads import SignedHead, StampedHead
from haetae.audit.merkle import Tree
from haetae.audit.models import Event, Head, Leaf, Stamp
from haetae.common.keys import Signer

_AT_ONCE: Final = 2_000


class NoSuchHeadError(LookupError):
    """There is no signed head of this size."""


def head_of(size: int) -> SignedHead:
    """The signed head of this size. Raises NoSuchHeadError."""
    head = Head.objects.filter(size=size).first()
    if head is None:
        raise NoSuchHeadError(f"there is no signed head of size {size}")
    return queries.signed_head(head)


def newest_signed_head() -> SignedHead:
    """The newest of all. Raises NoSuchHeadError."""
    head = queries.newest_head()
    if head is None:
        raise NoSuchHeadError("no head is signed yet")
    return queries.signed_head(head)


@dataclass(frozen=True, kw_only=True)
class Extent:
    """From after the head of size `first` (0: from the beginning) to the head of size `size`.

    Without the events only their digests go out: they prove order, number and consistency, and tell nothing.
    """

    first: int
    size: int
    with_events: bool


def lines(extent: Extent, *, key: Signer, at: datetime) -> Iterator[bytes]:
    """The export, line by line.

    Each line is canonical JSON (RFC 8785) and ends with a line feed. What lies under a head never changes, so nothing
    is locked meanwhile. Raises NoSuchHeadError before the first line.
    """
    if not 0 <= extent.first < extent.size:
        raise NoSuchHeadError(f"the log does not begin after {extent.first} rows and end with {extent.size}")
    last, older = head_of(extent.size), head_of(extent.first) if extent.first else None
    begun = {
        "log": FORMAT,
        "at": at.isoformat(),
        "key": key.public_key().public_bytes_raw().hex(),
        # Changes of the key, so that whoever knows a former one can go on to this one.
        "keys": [one.as_fields() for one in queries.successions()],
        "events": extent.with_events,
        "first": older.as_fields() if older else None,
        # What is needed to go on from the older head, and the published form of the same proof.
        "peaks": _hex(Tree(queries.leaf_digests(size=extent.first)).peaks),
        "consistency": _hex(proof(queries.leaf_digests(size=extent.size), old=extent.first, new=extent.size)),
        "last": last.as_fields(),
    }
    return _written(begun, extent, key=key)


def _written(begun: dict[str, Any], extent: Extent, *, key: Signer) -> Iterator[bytes]:
    whole = hashlib.sha256()
    for line in chain([begun], _content(extent)):
        written = rfc8785.dumps(line) + b"\n"
        whole.update(written)
        yield written
    # Signed, so that a file that was cut short or put together from others is none of ours.
    statement: dict[str, Any] = {"log": FORMAT, "sha256": whole.hexdigest(), "size": extent.size}
    signature = key.sign(rfc8785.dumps(statement)).hex()
    yield rfc8785.dumps({"end": statement | {"signature": signature}}) + b"\n"


def _hex(digests: Iterable[bytes]) -> list[str]:
    return [digest.hex() for digest in digests]


def _content(extent: Extent) -> Iterator[dict[str, Any]]:
    under = {"size__gt": extent.first, "size__lte": extent.size}
    heads = Head.objects.filter(**under).order_by("size").iterator()
    stamps = {row.size: bytes(row.token) for row in Stamp.objects.filter(**under)}
    head = next(heads, None)
    for leaf, event in _rows(extent):
        row: dict[str, Any] = {"index": leaf.index, "digest": bytes(leaf.digest).hex()}
        if extent.with_events:
            row["event"] = fields_of(event) if event is not None else None
        yield row
        while head is not None and head.size <= leaf.index + 1:
            yield {"head": queries.signed_head(head).as_fields()}
            if head.size in stamps:
                yield {"stamp": StampedHead(size=head.size, token=stamps[head.size]).as_fields()}
            head = next(heads, None)


def _rows(extent: Extent) -> Iterator[tuple[Leaf, Event | None]]:
    found = Leaf.objects.filter(index__gte=extent.first, index__lt=extent.size).order_by("index")
    leaves = found.iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(leaves, _AT_ONCE)):
        wanted = [leaf.event_id for leaf in chunk] if extent.with_events else []
        events = Event.objects.in_bulk(wanted)
        yield from ((leaf, events.get(leaf.event_id)) for leaf in chunk)
