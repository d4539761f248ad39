"""Everything that writes to the bank."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from haetae.accounts.models import Partner
from haetae.audit.actions import Fact, record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.hashbank import queries, rules
from haetae.hashbank.models import HashFeedback, HashList, KnownFrame, KnownPicture, PartnerReading, Recall
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Feedback, Purpose

_OWN = "own"  # issuer of the lists that this installation keeps itself


class CannotEnterError(ValueError):
    """The sentence names the field and the way out. The bank is unchanged."""


@transaction.atomic
def keep_list(
    *,
    name: str,
    actor: Actor,
    issuer: str = _OWN,
    purpose: Purpose = Purpose.NCII,
    reach_bits: int = 31,
    entries_expire_days: int | None = None,
    partner: Partner | None = None,
) -> HashList:
    """The list of this name; made when there is none. What it is for is never changed by naming it again."""
    problem = rules.why_not_list_name(name)
    if problem:
        raise CannotEnterError(problem)
    kept, is_new = HashList.objects.get_or_create(
        name=name,
        defaults={
            "issuer": issuer,
            "purpose": purpose,
            "reach_bits": reach_bits,
            "entries_expire_days": entries_expire_days,
            "partner": partner,
            "made_at": clock.now(),
        },
    )
    if is_new:
        facts = {"list": name, "issuer": issuer, "purpose": str(purpose)}
        record(event="hashbank.list_made", subject=kept, actor=actor, facts=facts)
    return kept


@transaction.atomic
def add_known_picture(
    *,
    list_name: str,
    tier: Tier,
    sha256: str,
    pdq: str,
    dhash: str,
    actor: Actor,
    expires_at: datetime | None = None,
) -> UUID:
    """Make a picture known by its hashes; it is matched from the next examination on.

    The same picture on the same list at the same tier stays one row.
    """
    entry = NewEntry(sha256=sha256, pdq=pdq, dhash=dhash, tier=tier)
    return make_known(list_name=list_name, entry=entry, actor=actor, expires_at=expires_at)


@transaction.atomic
def make_known(*, list_name: str, entry: NewEntry, actor: Actor, expires_at: datetime | None = None) -> UUID:
    """The same of a picture or a film. The same file on the same list at the same tier stays one row."""
    same = {
        "list_id": list_name,
        "tier": entry.tier,
        "media": entry.media.value,
        "sha256": entry.sha256,
        "pdq": entry.pdq,
        "dhash": entry.dhash,
    }
    still_good = {"expires_at": expires_at, "withdrawn_at": None, "disputed_at": None}
    # Locked: whoever withdraws it at this moment either has done so by now, or waits and learns who stands for it.
    already = KnownPicture.objects.select_for_update().filter(**same, **still_good).first()
    if already is not None:
        return already.pk
    return add_entries(list_name=list_name, entries=[entry], actor=actor, expires_at=expires_at)[0]


@transaction.atomic
def add_entries(
    *, list_name: str, entries: Sequence[NewEntry], actor: Actor, expires_at: datetime | None = None
) -> list[UUID]:
    """A batch comes in whole, under one version, or not at all: raises CannotEnterError.

    What lies within reach of a benign picture comes in disputed, so that it never acts by itself. A partner's
    flood puts its whole list aside until a person has looked.
    """
    problem = rules.why_not_batch(entries)
    if problem:
        raise CannotEnterError(problem)
    kept = keep_list(name=list_name, actor=actor)
    version, now = _next_version()
    _quarantine_when_flooded(kept, coming=len(entries), now=now, actor=actor)
    ends = expires_at or _end_of(kept, now=now)
    collides = queries.near_benign(entries) if Purpose(kept.purpose) is not Purpose.BENIGN else frozenset()
    rows = [
        KnownPicture(
            list=kept, tier=entry.tier, media=entry.media, sha256=entry.sha256, md5=entry.md5, pdq=entry.pdq,
            dhash=entry.dhash, foreign_id=entry.foreign_id, added_at=now, changed_at=now, expires_at=ends,
            disputed_at=now if place in collides else None, version=version,
        )
        for place, entry in enumerate(entries)
    ]  # fmt: skip
    KnownPicture.objects.bulk_create(rows, batch_size=5_000)
    _add_frames(rows, entries)
    _record_added(kept, rows, version=version, actor=actor)
    return [row.pk for row in rows]


@transaction.atomic
def withdraw_known_picture(*, known_id: UUID, actor: Actor) -> None:
    """Stop matching a picture at once; the row stays as a tombstone, of which its readers are told."""
    KnownPicture.objects.get(pk=known_id)  # whoever names one that is not there is told so
    withdraw_entries(known_ids=[known_id], actor=actor)


@transaction.atomic
def withdraw_entries(*, known_ids: Collection[UUID], actor: Actor, by_issuer: bool = False) -> int:
    """The same of many, under one version; returns how many were matched until now."""
    rows = KnownPicture.objects.select_for_update().filter(pk__in=known_ids, withdrawn_at=None)
    gone = list(rows.order_by("pk"))
    if not gone:
        return 0
    now = clock.now()
    _change(*gone, withdrawn_at=now, withdrawn_by_issuer=by_issuer)
    told = queries.partners_that_read(gone)
    for known in gone:
        _recall(known, told.get(known.pk, ()))
        facts = {"partners_to_tell": len(told.get(known.pk, ()))}
        record(event="hashbank.withdrawn", subject=known, actor=actor, facts=facts)
    return len(gone)


def tell_again(rows: Sequence[KnownPicture]) -> None:
    """Nothing about them is changed but their moment: whoever holds one is to be told of it anew."""
    _change(*rows)
    told = queries.partners_that_read(rows)
    for known in rows:
        _recall(known, told.get(known.pk, ()))


@transaction.atomic
def dispute_known_picture(*, known_id: UUID, actor: Actor) -> None:
    """Somebody with the right to say so found it not harmful: it is still matched, and acts by itself no more."""
    known = KnownPicture.objects.select_for_update().filter(pk=known_id).first()
    if known is None or known.disputed_at is not None:
        return
    _change(known, disputed_at=clock.now())
    _recall(known, queries.partners_that_read([known]).get(known.pk, ()))
    record(event="hashbank.disputed", subject=known, actor=actor)


@transaction.atomic
def raise_tier(*, known_ids: Collection[UUID], tier: Tier, saw_the_match: bool, actor: Actor) -> None:
    """An authorised person saw the published match, or the operator confirmed. All or none: raises CannotEnterError."""
    for known in list(KnownPicture.objects.select_for_update().filter(pk__in=known_ids).order_by("pk")):
        before = Tier(known.tier)
        problem = rules.why_not_raise(before, tier, saw_the_match=saw_the_match)
        if problem:
            raise CannotEnterError(problem)
        _change(known, tier=tier)
        facts = {"before": int(before), "after": int(tier)}
        record(event="hashbank.tier_raised", subject=known, actor=actor, facts=facts)


@transaction.atomic
def give_feedback(*, known_id: UUID, source: str, value: Feedback, tags: Sequence[str], actor: Actor) -> None:
    """A user of the lists says what it made of an entry; its newest word counts."""
    known = KnownPicture.objects.select_for_update().get(pk=known_id)
    said, _ = HashFeedback.objects.update_or_create(
        known=known,
        source=source,
        defaults={"value": value, "tags": list(tags)[:20], "given_at": clock.now()},
    )
    _change(known)  # readers of the list are shown the entry anew
    facts = {"for": str(known.pk), "value": str(value), "source": source}
    record(event="hashbank.feedback", subject=said, actor=actor, facts=facts)


@transaction.atomic
def quarantine_list(*, name: str, actor: Actor) -> None:
    """Nothing of this list is matched until a person has looked at it."""
    kept = HashList.objects.select_for_update().get(name=name)
    if kept.quarantined_at is None:
        kept.quarantined_at = clock.now()
        kept.save(update_fields=["quarantined_at"])
        _touch_all(kept)
        record(event="hashbank.quarantined", subject=kept, actor=actor, facts={"list": name})


@transaction.atomic
def release_list(*, list_id: UUID, actor: Actor) -> None:
    """A person has looked: what came in is matched, at the tier that it has."""
    kept = HashList.objects.select_for_update().get(pk=list_id)
    if kept.quarantined_at is not None:
        kept.quarantined_at, kept.released_at = None, clock.now()
        kept.save(update_fields=["quarantined_at", "released_at"])
        facts: dict[str, Fact] = {"list": kept.name, "version": _touch_all(kept)}
        record(event="hashbank.released", subject=kept, actor=actor, facts=facts)


def _record_added(kept: HashList, rows: Sequence[KnownPicture], *, version: int, actor: Actor) -> None:
    if len(rows) == 1:
        one: dict[str, Fact] = {"list": kept.name, "tier": rows[0].tier, "version": version}
        record(event="hashbank.added", subject=rows[0], actor=actor, facts=one)
    elif rows:
        many: dict[str, Fact] = {"list": kept.name, "count": len(rows), "version": version}
        record(event="hashbank.imported", subject=kept, actor=actor, facts=many)
    collided = sum(row.disputed_at is not None for row in rows)
    if collided:
        record(
            event="hashbank.collided", subject=kept, actor=actor, facts={"list": kept.name, "count": collided}
        )


def _add_frames(rows: Sequence[KnownPicture], entries: Sequence[NewEntry]) -> None:
    KnownFrame.objects.bulk_create(
        [
            KnownFrame(known=row, at_ms=frame.at_ms, pdq=frame.pdq, dhash=frame.dhash)
            for row, entry in zip(rows, entries, strict=True)
            for frame in entry.frames
        ],
        batch_size=5_000,
    )


def _quarantine_when_flooded(kept: HashList, *, coming: int, now: datetime, actor: Actor) -> None:
    """Only a partner's list: what this installation puts on its own lists, its own people answer for."""
    if kept.partner_id is None or kept.quarantined_at is not None:
        return
    since = max(filter(None, (kept.released_at, now - rules.FLOOD.window)))
    already = KnownPicture.objects.filter(list=kept, added_at__gt=since).count()
    if rules.is_flood(already=already, coming=coming, limits=rules.FLOOD):
        quarantine_list(name=kept.name, actor=actor)


def _end_of(kept: HashList, *, now: datetime) -> datetime | None:
    return None if kept.entries_expire_days is None else now + timedelta(days=kept.entries_expire_days)


def _recall(known: KnownPicture, partner_ids: Sequence[UUID]) -> None:
    """Whoever holds it must be told, also when it was told of an earlier recall of the same entry."""
    rows = [Recall(known=known, partner_id=partner_id, since=known.changed_at) for partner_id in partner_ids]
    Recall.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["known", "partner"],
        update_fields=["since", "told_at", "acknowledged_at"],
    )


def _change(*rows: KnownPicture, **fields: object) -> None:
    """All of them under one new version."""
    version, moment = _next_version()
    for known in rows:
        for name, value in fields.items():
            setattr(known, name, value)
        known.version, known.changed_at = version, moment
    KnownPicture.objects.filter(pk__in=[known.pk for known in rows]).update(
        **fields, version=version, changed_at=moment
    )


def _touch_all(kept: HashList) -> int:
    """Readers must look at all of them again; returns the version that says so."""
    version, moment = _next_version()
    KnownPicture.objects.filter(list=kept).update(version=version, changed_at=moment)
    return version


def _next_version() -> tuple[int, datetime]:
    """The next version and its moment: never before that of an earlier version, nor before what a partner has read.

    Whatever clocks say. One writer at a time, so that a version that is visible has nothing uncommitted below it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [queries.BANK_LOCK])
    last = KnownPicture.objects.aggregate(version=Max("version"), moment=Max("changed_at"))
    read_at = PartnerReading.objects.aggregate(moment=Max("read_at"))["moment"]
    return (last["version"] or 0) + 1, max(filter(None, (last["moment"], read_at, clock.now())))
