"""After a restore: the rows of the log that were written since the backup, put back under their own signed heads.

Only what a head that was signed then covers is believed. The rows say what happened, and put nothing back of what had
changed in the tables: haetae.running.backup.replaying does that where it must.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from haetae.audit.heads import SignedHead, StampedHead, heads_in, read_stamps_outside, stamps_beside
from haetae.audit.merkle import Tree
from haetae.audit.models import Event, Head, Leaf, Stamp
from haetae.audit.queries import leaf_digests
from haetae.audit.rows import Row, read_rows, rows_beside
from haetae.audit.succession import LogKeys
from haetae.common.stamps import WrongStampError, said_by

_AT_ONCE: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The log has `kept` rows now; `events` are those of them that the backup did not have.

    `newest` is the newest head that was known before, if it goes beyond the backup.
    """

    kept: int
    newest: SignedHead | None
    events: Sequence[Event]

    @property
    def until(self) -> int:
        return self.newest.size if self.newest else self.kept

    @property
    def lost(self) -> int:
        return self.until - self.kept


def join_again(heads: Path, *, keys: LogKeys) -> Joined:
    """Rows and heads that lie outside become part of the log of this database, as far as both agree.

    Returns them as events, in order; they wake nobody.
    """
    size = Leaf.objects.count()
    tree = Tree(leaf_digests(size=size))
    known = _newer_heads(heads, size=size, keys=keys)
    newest = max(known.values(), key=lambda head: head.size, default=None)
    rows, agreed = _agreed_rows(tree, read_rows(rows_beside(heads), after=size), known)
    with transaction.atomic():
        events = [event for chunk in _chunks(rows) for event in _put_back(chunk)]
        Head.objects.bulk_create(
            Head(size=head.size, at=head.at, root=head.root, signature=head.signature) for head in agreed
        )
        _stamps_again(heads, events)
    return Joined(kept=size + len(rows), newest=newest, events=events)


def _newer_heads(heads: Path, *, size: int, keys: LogKeys) -> dict[int, SignedHead]:
    """The newest of each size: after an earlier restore that lost rows a size may stand there twice."""
    newer = (head for head in heads_in(heads) if head.size > size and keys.signed(head))
    found: dict[int, SignedHead] = {}
    for head in newer:
        # Sizes that begin anew below the last: what was signed above them was given up then.
        found = {one: kept for one, kept in found.items() if one < head.size}
        found[head.size] = head
    return found


def _agreed_rows(
    tree: Tree, rows: Iterator[Row], heads: dict[int, SignedHead]
) -> tuple[list[Row], list[SignedHead]]:
    """Up to the last head whose root comes out."""
    waiting: list[Row] = []
    agreed: list[Row] = []
    signed: list[SignedHead] = []
    for row in rows:
        if row.index != tree.size:
            break
        tree.append(row.digest)
        waiting.append(row)
        head = heads.get(tree.size)
        if head is None:
            continue
        if head.root != tree.root():
            break
        agreed += waiting
        signed.append(head)
        waiting = []
    return agreed, signed


def _chunks(rows: list[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, _AT_ONCE)):
        yield chunk


def _put_back(rows: list[Row]) -> list[Event]:
    """Those that the database did not have. What was committed and not sealed yet is in the backup already."""
    events = [_event(row.fields) for row in rows]
    known = set(Event.objects.filter(pk__in=[event.pk for event in events]).values_list("pk", flat=True))
    new = [event for event in events if event.pk not in known]
    Event.objects.bulk_create(new)
    leaves = zip(rows, events, strict=True)
    Leaf.objects.bulk_create(
        Leaf(index=row.index, event_id=event.pk, digest=row.digest) for row, event in leaves
    )
    return new


def _event(fields: dict[str, Any]) -> Event:
    return Event(
        id=int(fields["id"]),
        at=datetime.fromisoformat(fields["at"]),
        name=fields["name"],
        subject_kind=fields["subject_kind"],
        subject_id=UUID(fields["subject_id"]),
        actor_kind=fields["actor_kind"],
        actor_id=fields["actor_id"],
        facts=fields["facts"],
    )


def _stamps_again(heads: Path, events: Sequence[Event]) -> None:
    """Of each stamp that the joined rows tell of, where its file outside has it. It is checked with the whole log."""
    outside = {stamp.size: stamp for stamp in read_stamps_outside(stamps_beside(heads))}
    for event in events:
        stamp = outside.get(int(event.facts.get("size", 0))) if event.name == "log.stamped" else None
        if stamp is not None and not Stamp.objects.filter(size=stamp.size).exists():
            _keep(stamp, event)


def _keep(stamp: StampedHead, event: Event) -> None:
    try:
        at, authority = said_by(stamp.token)
    except WrongStampError:
        return
    Stamp.objects.create(
        pk=event.subject_id, size=stamp.size, token=stamp.token, at=at, authority=authority[:255]
    )
