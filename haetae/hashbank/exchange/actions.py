"""Everything that the exchange with partners writes: what they were given, what they sent, what they said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from haetae.accounts.models import Partner
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.hashbank import actions as bank
from haetae.hashbank import queries as bank_queries
from haetae.hashbank.exchange import queries
from haetae.hashbank.exchange.places import Place
from haetae.hashbank.exchange.queries import Entry, Wanted
from haetae.hashbank.exchange.reading import Said, Submitted
from haetae.hashbank.models import HashList, KnownPicture, PartnerCopy, PartnerReading, Recall
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Feedback, Media

_GIVEN_UP = frozenset({Feedback.WITHDRAWN, Feedback.DELETED})
_WAITS_FOR_A_WRITER = "5s"


class UnknownHashError(LookupError):
    """Nothing that this partner may have, was given or has sent. It is not said whether there is something else."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, kw_only=True)
class Page:
    """`behind` is the place to go on from, or None at the end. No later change gets a moment before `read_at`."""

    entries: Sequence[Entry]
    behind: Place | None
    read_at: datetime


def actor_of(partner: Partner) -> Actor:
    """How a partner appears in the log: by its id."""
    return Actor(kind="partner", id=str(partner.pk))


@transaction.atomic
def hand_over(*, partner: Partner, wanted: Wanted) -> Page:
    """Read one page for a partner and write down what it was given.

    Whoever changes the bank meanwhile is waited for, so that no change with an earlier moment appears behind what
    has been read. A partner that begins to read behind a tombstone has kept what came before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_WAITS_FOR_A_WRITER])
    version, now = bank_queries.version_held_still(), clock.now()
    if wanted.after is None:
        _acknowledge_before(partner, wanted.since)
    found = queries.entries(partner, replace(wanted, most=wanted.most + 1))
    given = found[: wanted.most]
    _note_copies(partner, given)
    reached = max((entry.row.version for entry in given), default=version)
    note_reading(partner=partner, up_to_version=reached, at=now)
    if len(found) <= wanted.most:
        return Page(entries=given, behind=None, read_at=now)
    last = given[-1].row
    return Page(entries=given, behind=Place(changed_at=last.changed_at, entry_id=last.pk), read_at=now)


@transaction.atomic
def note_reading(*, partner: Partner, up_to_version: int, at: datetime) -> None:
    """A partner has read our lists up to this version of the bank; nothing gets an earlier moment from now on."""
    reading, _ = PartnerReading.objects.select_for_update().get_or_create(
        partner=partner, defaults={"read_at": at}
    )
    reading.up_to_version, reading.read_at = (
        max(reading.up_to_version, up_to_version),
        max(reading.read_at, at),
    )
    reading.save(update_fields=["up_to_version", "read_at"])
    record(event="hashbank.read", subject=partner, actor=SYSTEM, facts={"up_to_version": up_to_version})


@transaction.atomic
def recall_told(*, partner: Partner, known_ids: Sequence[UUID]) -> None:
    """The partner was given these tombstones."""
    Recall.objects.filter(partner=partner, known_id__in=known_ids, told_at=None).update(told_at=clock.now())
    record(event="hashbank.recall_told", subject=partner, actor=SYSTEM, facts={"count": len(known_ids)})


@transaction.atomic
def recall_acknowledged(*, partner: Partner, known_ids: Sequence[UUID]) -> None:
    """The partner has said, or shown by reading on, that it has dropped these."""
    waiting = Recall.objects.filter(partner=partner, known_id__in=known_ids, acknowledged_at=None)
    count = waiting.update(acknowledged_at=clock.now())
    record(event="hashbank.recall_acknowledged", subject=partner, actor=SYSTEM, facts={"count": count})


@transaction.atomic
def tell_of_ends(*, at: datetime, most: int = 5_000) -> int:
    """What partners hold and what has expired gets a moment, so that whoever reads on is shown its end.

    Returns how many; there may be more when it is `most`.
    """
    over = KnownPicture.objects.filter(expires_at__lte=at, changed_at__lt=F("expires_at"), withdrawn_at=None)
    held = over.filter(Exists(PartnerCopy.objects.filter(known=OuterRef("pk"))))
    rows = list(held.select_for_update(of=("self",), skip_locked=True).order_by("expires_at", "pk")[:most])
    if rows:
        bank.tell_again(rows)
    for name, count in Counter(row.list_id for row in rows).items():
        kept = HashList.objects.get(name=name)
        record(event="hashbank.ended", subject=kept, actor=SYSTEM, facts={"list": name, "count": count})
    return len(rows)


def _note_copies(partner: Partner, given: Sequence[Entry]) -> None:
    now = clock.now()
    live = [entry.row for entry in given if entry.is_live]
    PartnerCopy.objects.bulk_create(
        [PartnerCopy(partner=partner, known=row, given_at=now) for row in live], ignore_conflicts=True
    )
    Recall.objects.filter(partner=partner, known__in=live).delete()  # it counts again: nothing is recalled
    gone = [entry.row for entry in given if not entry.is_live]
    if gone:
        # A list that was put aside, or an entry that ended, is recalled by being told.
        Recall.objects.bulk_create(
            [Recall(partner=partner, known=row, since=row.changed_at) for row in gone], ignore_conflicts=True
        )
        recall_told(partner=partner, known_ids=[row.pk for row in gone])


def _acknowledge_before(partner: Partner, moment: datetime) -> None:
    told = Recall.objects.filter(partner=partner, told_at__isnull=False, acknowledged_at=None)
    behind = list(told.filter(known__changed_at__lt=moment).values_list("known_id", flat=True))
    if behind:
        recall_acknowledged(partner=partner, known_ids=behind)


@transaction.atomic
def submit(*, partner: Partner, batch: Sequence[Submitted]) -> tuple[int, int]:
    """Put a partner's hashes on its own list, as self-declared; returns how many are new and how many were there.

    All of them, or none. Raises hashbank.actions.CannotEnterError. What is there already gets the newest word only.
    """
    kept = HashList.objects.select_for_update().get(pk=_list_of(partner).pk)
    wanted = {(one.media, one.value): one for one in batch}
    before = _on_list(kept, wanted)
    new = [one for key, one in wanted.items() if key not in before]
    ids = bank.add_entries(
        list_name=kept.name, entries=[_entry_of(one) for one in new], actor=actor_of(partner)
    )
    # Nobody sheds a doubt by withdrawing a hash and making it known again.
    doubted = queries.disputed(kept, [(one.media, one.value) for one in new])
    for one, known_id in zip(new, ids, strict=True):
        if (one.media, one.value) in doubted:
            bank.dispute_known_picture(known_id=known_id, actor=actor_of(partner))
    known = {key: row.pk for key, row in before.items()}
    known |= {(one.media, one.value): known_id for one, known_id in zip(new, ids, strict=True)}
    for key, one in wanted.items():
        for said in one.said:
            _give(partner, known[key], said)
    record(
        event="hashbank.submitted",
        subject=kept,
        actor=actor_of(partner),
        facts={"list": kept.name, "new": len(new), "known": len(before)},
    )
    return len(new), len(before)


def _list_of(partner: Partner) -> HashList:
    kept = queries.own_list(partner)
    if kept is not None:
        return kept
    name = f"partner-{partner.name}"
    made = bank.keep_list(name=name, issuer=partner.name, partner=partner, actor=actor_of(partner))
    if made.partner_id != partner.pk:
        raise bank.CannotEnterError(f"list: {name} is there already and belongs to somebody else.")
    return made


def _on_list(
    kept: HashList, wanted: dict[tuple[Media, str], Submitted]
) -> dict[tuple[Media, str], KnownPicture]:
    """Locked in one order, so that two who speak of the same entries wait for each other instead of for ever."""
    found: dict[tuple[Media, str], KnownPicture] = {}
    for row in queries.on_list(kept, wanted).filter(withdrawn_at=None).select_for_update(of=("self",)):
        found.setdefault(queries.said_by(row), row)
    return found


def _entry_of(one: Submitted) -> NewEntry:
    if one.media is Media.FILM:
        return NewEntry(media=Media.FILM, md5=one.value)
    return NewEntry(pdq=one.value)


@transaction.atomic
def take_feedback(*, partner: Partner, batch: Sequence[Said]) -> int:
    """Keep what a partner says of hashes, all of it or nothing; returns of how many entries it speaks.

    Raises UnknownHashError with the number of the first that it cannot mean, from 0.
    """
    meant = []
    for number, said in enumerate(batch):
        found = queries.named(partner, value=said.value, media=said.media)
        if not found:
            raise UnknownHashError(number)
        meant += [(entry, said) for entry in found]
    return _take(partner, meant)


@transaction.atomic
def take_vote(*, partner: Partner, entry: Entry, said: Said) -> int:
    """The same of one entry."""
    return _take(partner, [(entry, said)])


def _take(partner: Partner, meant: Sequence[tuple[Entry, Said]]) -> int:
    ids = {entry.row.pk for entry, _ in meant}
    list(KnownPicture.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    given_up = [entry.row.pk for entry, said in meant if said.feedback in _GIVEN_UP and not entry.is_live]
    for entry, said in meant:
        if said.feedback in _GIVEN_UP and entry.row.list.partner_id == partner.pk:
            bank.withdraw_known_picture(known_id=entry.row.pk, actor=actor_of(partner))
        elif entry.row.pk not in given_up:
            _give(partner, entry.row.pk, said)
    if given_up:
        recall_acknowledged(partner=partner, known_ids=given_up)
    return len(ids)


def _give(partner: Partner, known_id: UUID, said: Said) -> None:
    bank.give_feedback(
        known_id=known_id,
        source=partner.name,
        value=said.feedback,
        tags=said.tags,
        actor=actor_of(partner),
    )
