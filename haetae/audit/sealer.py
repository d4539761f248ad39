"""The one process that appends committed events to the log and signs its heads."""

import math
import time
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from haetae.audit.canonical import canonical
from haetae.audit.heads import (
    SignedHead,
    StampedHead,
    append_outside,
    keys_beside,
    lines_of,
    read_outside,
    read_stamps_outside,
    stamps_beside,
    statement,
)
from haetae.audit.merkle import Tree, leaf_digest
from haetae.audit.models import Event, Head, Leaf, Stamp
from haetae.audit.queries import signed_head, successions
from haetae.audit.rows import Row, append_rows, next_index, rows_beside
from haetae.audit.succession import SignedSuccession
from haetae.common import clock
from haetae.common.keys import Signer

# Any fixed number: whoever holds this advisory lock is the sealer.
_SEALER_LOCK = 0x6861_6574_6165
_BATCH = 5_000
# Ids are given before they are committed, so a lower id may appear after a higher one was sealed. Each round looks
# some way back, and one in every hundred further. Only the first after a start, and one in every hour, looks at
# everything: with millions of events that takes seconds.
_LOOK_BACK = 10_000
_FAR_BACK = 200_000
_FAR_EVERY = 100
_WHOLE_LOOK_EVERY_S = 3_600.0


class Sealer:
    """Keeps the tree's peaks in memory between calls, so that sealing costs only the new events."""

    def __init__(self, *, key: Signer, outside: Path) -> None:
        self._key = key
        self._outside = outside
        self._tree = Tree()
        self._highest = 0
        self._rounds = 0
        self._has_begun = False
        self._newest_outside = 0  # 0: there is no file, or nothing in it
        self._next_row: int | None = None  # None: no row was ever written outside
        self._looked_at_all_s = -math.inf

    def seal(self) -> int:
        """Put every committed event that has no leaf yet under a new signed head; returns how many.

        Two sealers at once do no harm: the second one finds the lock taken and seals nothing.
        """
        # What is remembered is dropped before and taken over after the commit: a commit that fails must not leave
        # a tree in memory that the database does not have.
        if not self._has_begun:
            self._has_begun = True
            self._complete_outside()
            self._complete_stamps()
            self._complete_keys()
        tree, self._tree = self._tree, Tree()
        with transaction.atomic():
            if not _take_lock():
                self._follow()
                return 0
            _catch_up(tree)
            events = self._unsealed()
            head = self._append(tree, events) if events else None
        self._tree = tree
        if head is None:
            self._follow()
            return 0
        self._highest = max(self._highest, *(event.pk for event in events))
        # After the commit: a head that is announced outside must never be ahead of the database, nor of its rows.
        self._keep_rows(events, first=head.size - len(events))
        self._follow(below=head.size)
        append_outside(self._outside, head)
        self._newest_outside = head.size
        if any(event.name == "log.stamped" for event in events):
            self._complete_stamps()
        if any(event.name == "log.key_succeeded" for event in events):
            self._complete_keys()
        return len(events)

    def _complete_outside(self) -> None:
        """After a start: heads that were committed but did not reach the file before the power went.

        A file that is gone altogether is not made anew: that is for `haetae verify-log` to say.
        """
        known = read_outside(self._outside)
        # The last line, not the largest: after a restore sizes begin anew below those that were given up.
        self._newest_outside = known[-1].size if known else 0
        self._next_row = next_index(rows_beside(self._outside))
        self._complete_rows()
        self._follow()

    def _follow(self, *, below: int | None = None) -> None:
        """Heads that a sealer of another machine has signed since: each machine keeps all of them, or none.

        A machine that joins gets its file from one that has it; see docs/running.md.
        """
        if not self._newest_outside:
            return
        found = Head.objects.filter(size__gt=self._newest_outside).order_by("size")
        heads = list(found if below is None else found.filter(size__lt=below))
        if heads:
            self._complete_rows()
        for head in heads:
            append_outside(self._outside, signed_head(head))
            self._newest_outside = head.size

    def _keep_rows(self, events: list[Event], *, first: int) -> None:
        if self._next_row not in {None, first}:  # another machine has sealed in between
            self._complete_rows()
            return
        append_rows(rows_beside(self._outside), _rows_of(events, first=first))
        self._next_row = first + len(events)

    def _complete_rows(self) -> None:
        """The rows under the heads, before these. Where none was ever written they begin with the next ones."""
        begin = self._next_row
        if begin is None:
            return
        while chunk := list(Leaf.objects.filter(index__gte=begin).order_by("index")[:_BATCH]):
            events = Event.objects.in_bulk([leaf.event_id for leaf in chunk])
            rows = _rows_of([events[leaf.event_id] for leaf in chunk], first=begin)
            append_rows(rows_beside(self._outside), rows)
            begin = self._next_row = begin + len(chunk)

    def _complete_stamps(self) -> None:
        """Stamps that are kept inside and do not stand in the file yet. A job gets them, on whatever machine."""
        path = stamps_beside(self._outside)
        known = {(one.size, one.token) for one in read_stamps_outside(path)}
        for row in Stamp.objects.order_by("size", "at"):
            stamp = StampedHead(size=row.size, token=bytes(row.token))
            if (stamp.size, stamp.token) not in known:
                append_outside(path, stamp)

    def _complete_keys(self) -> None:
        """Changes of the key that are kept inside and do not stand in the file yet."""
        path = keys_beside(self._outside)
        known = set(lines_of(path, SignedSuccession.from_fields))
        for one in successions():
            if one not in known:
                append_outside(path, one)

    def _append(self, tree: Tree, events: list[Event]) -> SignedHead:
        leaves = []
        for event in events:
            digest = leaf_digest(canonical(event))
            leaves.append(Leaf(index=tree.size, event_id=event.pk, digest=digest))
            tree.append(digest)
        Leaf.objects.bulk_create(leaves)
        head = self._sign(tree)
        Head.objects.create(size=head.size, at=head.at, root=head.root, signature=head.signature)
        return head

    def _unsealed(self) -> list[Event]:
        """Committed events without a leaf, by id. The order of the log is the order of sealing; nothing is skipped."""
        began_s, is_far = time.monotonic(), self._rounds % _FAR_EVERY == 0
        self._rounds += 1
        if began_s - self._looked_at_all_s < _WHOLE_LOOK_EVERY_S:
            return self._without_leaf(after=self._highest - (_FAR_BACK if is_far else _LOOK_BACK))
        self._highest = Leaf.objects.aggregate(highest=Max("event_id"))["highest"] or 0
        events = self._without_leaf(after=0)
        if len(events) < _BATCH:  # else there are more, and the next round looks at everything again
            self._looked_at_all_s = began_s
        return events

    def _without_leaf(self, *, after: int) -> list[Event]:
        sealed = Leaf.objects.filter(event_id=OuterRef("pk"), event_id__gt=after)
        return list(Event.objects.filter(~Exists(sealed), pk__gt=after).order_by("pk")[:_BATCH])

    def _sign(self, tree: Tree) -> SignedHead:
        at, root = clock.now(), tree.root()
        signature = self._key.sign(statement(size=tree.size, at=at, root=root))
        return SignedHead(size=tree.size, at=at, root=root, signature=signature)


def _rows_of(events: list[Event], *, first: int) -> list[Row]:
    return [Row(index=first + place, canonical=canonical(event)) for place, event in enumerate(events)]


def hold_sealing() -> None:
    """Until our transaction ends no head is signed, neither here nor elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALER_LOCK])


def _catch_up(tree: Tree) -> None:
    """Read the leaves that another process, or this one before a restart, has written."""
    digests = Leaf.objects.filter(index__gte=tree.size).order_by("index").values_list("digest", flat=True)
    for digest in digests.iterator(chunk_size=10_000):
        tree.append(bytes(digest))


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER_LOCK])
        return bool(cursor.fetchone()[0])
