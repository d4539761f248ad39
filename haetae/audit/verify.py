"""Is the record what it was? Finds any deleted, altered, reordered or inserted row; says what is not yet provable."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import Certificate
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from haetae.audit import queries
from haetae.audit.canonical import canonical
from haetae.audit.heads import (
    SignedHead,
    StampedHead,
    keys_beside,
    lines_of,
    read_outside,
    read_stamps_outside,
    stamps_beside,
    touched,
)
from haetae.audit.merkle import Tree, leaf_digest
from haetae.audit.models import Event, Head, Leaf, Stamp
from haetae.audit.report import Finding, Report
from haetae.audit.restored import EVENT, Declared, declared_by
from haetae.audit.stamped import Stamps, told_by
from haetae.audit.succession import LogKeys, SignedSuccession


def verify_log(*, key: Ed25519PublicKey, outside: Path, roots: Sequence[Certificate] | None = None) -> Report:
    """Recompute the whole log from the events and hold it against every signed head, inside and outside.

    `roots` are the authorities whose time stamps count; None where none was named, and then no stamp is checked.
    """
    report = Report()
    # What lies outside is read before the database is: what was announced by then must be in the snapshot.
    outside_heads, outside_stamps = read_outside(outside), read_stamps_outside(stamps_beside(outside))
    stamps_outside = stamps_beside(outside)
    outside_keys = list(lines_of(keys_beside(outside), SignedSuccession.from_fields))
    count = touched(outside, SignedHead.from_fields) + touched(stamps_outside, StampedHead.from_fields)
    if count := count + touched(keys_beside(outside), SignedSuccession.from_fields):
        words = f"{count} lines in the files outside are not as we write them: somebody touched them"
        report.add(Finding(kind="altered", words=words))
    with _one_snapshot():
        report.events = Event.objects.count()
        keys = _log_keys(report, key=key, outside=outside_keys)
        restores = _restores(keys)
        report.restores = [one.words() for one in restores]
        heads, given_up = _checked_heads(report, keys=keys, outside_heads=outside_heads, restores=restores)
        stamps = Stamps(report, roots=roots)
        _check_stamps(stamps, heads=_together(heads, given_up), outside=outside_stamps, given_up=given_up)
        _walk(report, heads, stamps)
        stamps.compare_with_the_log()
        unsealed = Event.objects.exclude(Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))
        report.not_yet_provable = list(unsealed.order_by("pk").values_list("pk", flat=True))
    return report


def _check_stamps(
    stamps: Stamps, *, heads: "Heads", outside: Sequence[StampedHead], given_up: "Heads"
) -> None:
    """Every stamp that is kept, in either place; a head may stand for several where the log was forked.

    What outside is about a head that a restore gave up belongs to no row any more.
    """
    rows = {StampedHead(size=row.size, token=bytes(row.token)): row for row in Stamp.objects.order_by("size")}
    for stamp, row in rows.items():
        read = stamps.check(stamp, heads=heads.get(stamp.size, set()))
        if read is not None and (read.at, read.authority[:255]) != (row.at, row.authority):
            stamps.wrong("stamp_wrong", stamp, "says something else than what stands beside it")
    for stamp in {one for one in outside if one.size not in given_up} - set(rows):
        stamps.check(stamp, heads=heads.get(stamp.size, set()))
        stamps.wrong("stamp_deleted", stamp, "stands outside, not in the database")
    # The very newest may not have reached the file yet, as with heads.
    for stamp in list(rows)[:-1]:
        if stamp not in set(outside):
            stamps.wrong("stamp_missing_outside", stamp, "is missing in the file outside the database")


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """One view of the database, so that a sealer at work meanwhile does not look like a forger."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _restores(keys: LogKeys) -> list[Declared]:
    """In order. An event that is not signed with a key of the log declares nothing."""
    events = Event.objects.filter(name=EVENT).order_by("pk")
    found = (declared_by(event.name, event.at, event.facts, keys=keys) for event in events)
    return [one for one in found if one is not None]


def _log_keys(report: Report, *, key: Ed25519PublicKey, outside: Sequence[SignedSuccession]) -> LogKeys:
    """Every change of the key that was declared, in either place."""
    inside = queries.successions()
    for one in dict.fromkeys(outside):
        if one not in inside:
            words = (
                f"the change of the key after the head of size {one.size} stands outside, not in the database: "
                "it was deleted, or interrupted (then `haetae keys rotate event-log` ends it)"
            )
            report.add(Finding(kind="succession_deleted", words=words))
    # The very newest may not have reached the file yet, as with heads.
    for one in inside[:-1]:
        if one not in outside:
            words = f"the change of the key after the head of size {one.size} is missing in the file outside"
            report.add(Finding(kind="succession_missing_outside", words=words))
    keys = LogKeys(key, [*inside, *outside])
    for words in keys.problems:
        report.add(Finding(kind="bad_signature", words=words))
    return keys


Heads = dict[int, set[SignedHead]]


def _checked_heads(
    report: Report, *, keys: LogKeys, outside_heads: list[SignedHead], restores: Sequence[Declared]
) -> tuple[Heads, Heads]:
    """By size, those whose signature holds: of the log as it is, and those that a declared restore gave up."""
    inside = [queries.signed_head(head) for head in Head.objects.order_by("size")]
    heads: Heads = {}
    given_up: Heads = {}
    kept = set(inside)
    for head in _good(report, [*inside, *outside_heads], keys):
        is_lost = head not in kept and any(one.gave_up(head) for one in restores)
        (given_up if is_lost else heads).setdefault(head.size, set()).add(head)
    report.heads = len(inside)
    lost = {head for found in given_up.values() for head in found}
    _compare_copies(report, {head.size for head in inside}, {head.size for head in set(outside_heads) - lost})
    if inside:
        report.proven_until = inside[-1].at.isoformat()
    for size, known in heads.items():
        if len({head.root for head in known}) > 1:
            report.add(Finding(kind="forked", words=f"two signed heads of size {size} name different roots"))
    return heads, given_up


def _together(heads: Heads, given_up: Heads) -> Heads:
    return {
        size: heads.get(size, set()) | given_up.get(size, set()) for size in heads.keys() | given_up.keys()
    }


def _compare_copies(report: Report, inside: set[int], outside: set[int]) -> None:
    """Both places must hold the same heads; only the very newest may not have reached the file yet."""
    for size in sorted(outside - inside):
        report.add(
            Finding(kind="head_deleted", words=f"the head of size {size} stands outside, not in the database")
        )
    missing = sorted(inside - outside - {max(inside, default=0)})
    if missing or (inside and not outside):
        words = (
            f"{len(missing) or 1} signed heads are missing in the file outside the database: "
            "without it nobody can tell whether the database was cut back"
        )
        report.add(Finding(kind="head_missing_outside", words=words))


def _good(report: Report, heads: Iterable[SignedHead], keys: LogKeys) -> Iterable[SignedHead]:
    for head in heads:
        if keys.signed(head):
            yield head
        else:
            report.add(
                Finding(kind="bad_signature", words=f"the signature of the head of size {head.size} is wrong")
            )


def _walk(report: Report, heads: dict[int, set[SignedHead]], stamps: Stamps) -> None:
    """Leaf by leaf: each must be at its place and equal to its event; each head's root must come out."""
    tree, broken = Tree(), False
    for leaf, event in _leaves_with_events():
        if leaf.index != tree.size:
            missing = f"leaves {tree.size} to {leaf.index - 1} are missing"
            report.add(Finding(kind="deleted", words=missing, leaf_index=tree.size))
            return
        _compare(report, leaf, event)
        if event is not None and (told := told_by(event.name, event.facts)):
            stamps.tell(told)
        tree.append(bytes(leaf.digest))
        expected = heads.get(tree.size)
        if expected and tree.root() not in {head.root for head in expected} and not broken:
            broken = True
            words = f"the first {tree.size} rows do not give the signed root: a row was moved, put in or rewritten"
            report.add(Finding(kind="reordered_or_inserted", words=words, leaf_index=leaf.index))
    report.sealed = tree.size
    largest = max(heads, default=0)
    if tree.size < largest:
        words = f"a signed head covers {largest} rows, the log has {tree.size}: it was cut back"
        report.add(Finding(kind="cut_back", words=words, leaf_index=tree.size))
    if tree.size > largest:
        words = (
            f"rows {largest} to {tree.size - 1} have a leaf but no signed head covers them: they were put in"
        )
        report.add(Finding(kind="reordered_or_inserted", words=words, leaf_index=largest))


def _leaves_with_events() -> Iterator[tuple[Leaf, Event | None]]:
    leaves = Leaf.objects.order_by("index").iterator()
    while chunk := list(islice(leaves, 2_000)):
        events = Event.objects.in_bulk([leaf.event_id for leaf in chunk])
        yield from ((leaf, events.get(leaf.event_id)) for leaf in chunk)


def _compare(report: Report, leaf: Leaf, event: Event | None) -> None:
    if event is None:
        words = f"event {leaf.event_id} was deleted; its leaf {leaf.index} is still there"
        report.add(Finding(kind="deleted", words=words, event_id=leaf.event_id, leaf_index=leaf.index))
    elif _digest_of(event) != bytes(leaf.digest):
        words = f"event {event.pk} is not what it was when it was sealed as leaf {leaf.index}"
        report.add(Finding(kind="altered", words=words, event_id=event.pk, leaf_index=leaf.index))


def _digest_of(event: Event) -> bytes | None:
    """None for a row that canonical JSON cannot hold: no such row was ever sealed."""
    try:
        return leaf_digest(canonical(event))
    except rfc8785.CanonicalizationError:
        return None
