"""Everything that reads the bank's tables."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from haetae.common import clock
from haetae.detect.matching import KnownHash, Tier
from haetae.detect.matching.distance import distances_bits, words_of
from haetae.hashbank.models import HashList, KnownPicture, PartnerCopy
from haetae.hashbank.rules import Frame, NewEntry
from haetae.hashbank.states import Media, Purpose

_BENIGN_REACH_BITS = 31
BANK_LOCK = 0x6861_6574_6162


def near_benign(entries: Sequence[NewEntry]) -> frozenset[int]:
    """Which of these (by place) PDQ cannot tell from a picture that is known to be harmless."""
    benign = KnownPicture.objects.filter(list__purpose=Purpose.BENIGN, withdrawn_at=None).exclude(pdq="")
    words = words_of(list(benign.values_list("pdq", flat=True)))
    if not len(words):
        return frozenset()
    return frozenset(
        place
        for place, entry in enumerate(entries)
        if entry.pdq and distances_bits(entry.pdq, many=words).min() <= _BENIGN_REACH_BITS
    )


def partners_that_read(rows: Collection[KnownPicture]) -> dict[UUID, list[UUID]]:
    """The partners that have been given each of these entries, by the ids of the entries."""
    found: dict[UUID, list[UUID]] = {}
    for known_id, partner_id in PartnerCopy.objects.filter(known__in=rows).values_list(
        "known_id", "partner_id"
    ):
        found.setdefault(known_id, []).append(partner_id)
    return found


def version() -> int:
    """Of the newest change of the bank; 0 where it is empty."""
    return newest_version()[0]


def newest_version() -> tuple[int, UUID | None]:
    """The version of the bank, and a row that has it; (0, None) where it is empty."""
    newest = KnownPicture.objects.order_by("-version", "pk").values_list("version", "pk").first()
    return newest or (0, None)


def changed(*, after: int, up_to: int) -> list[UUID]:
    """The entries whose newest version lies in (after, up_to]."""
    rows = KnownPicture.objects.filter(version__gt=after, version__lte=up_to)
    return list(rows.values_list("pk", flat=True))


def count_changed(*, after: int) -> int:
    """How many entries have changed since this version."""
    return KnownPicture.objects.filter(version__gt=after).count()


def is_of_this_bank(entry_id: UUID) -> bool:
    """Whether this database has an entry of this id: what was made from another one has not."""
    return KnownPicture.objects.filter(pk=entry_id).exists()


def expired(*, after: datetime, up_to: datetime) -> list[UUID]:
    """The entries whose time ended in (after, up_to]."""
    rows = KnownPicture.objects.filter(expires_at__gt=after, expires_at__lte=up_to)
    return list(rows.values_list("pk", flat=True))


def next_expiry(*, after: datetime) -> datetime | None:
    """When the next entry ends."""
    rows = KnownPicture.objects.filter(expires_at__gt=after).order_by("expires_at")
    return rows.values_list("expires_at", flat=True).first()


def version_held_still() -> int:
    """The same, and nobody changes the bank until the present transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [BANK_LOCK])
    return version()


def entries_since(number: int) -> Iterator[KnownHash]:
    """What came in or changed with this version or a later one and is matched now. Films by their files alone."""
    rows = matched_now().filter(version__gte=number).exclude(sha256="", md5="", pdq="")
    return map(hash_of, rows.iterator())


def tier_of(known_id: UUID) -> Tier | None:
    """How far this entry carries now; None where it is not matched."""
    row = matched_now().filter(pk=known_id).first()
    return None if row is None else _weight(row)


def may_rise(known_ids: Iterable[UUID], *, to: Tier) -> list[UUID]:
    """Those of these entries that are matched now, nobody doubts, and stand below this tier."""
    rows = matched_now().filter(pk__in=list(known_ids), disputed_at=None, tier__lt=to)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def matched_now() -> QuerySet[KnownPicture]:
    """Neither withdrawn nor expired, on no list that is put aside, and on no benign one."""
    valid = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    rows = KnownPicture.objects.filter(valid, withdrawn_at=None, list__quarantined_at=None)
    return rows.exclude(list__purpose=Purpose.BENIGN).select_related("list")


def known_by_bytes(sha256: str) -> list[UUID]:
    """Entries that are matched now and stand for exactly these bytes; none for an empty `sha256`."""
    return list(matched_now().filter(sha256=sha256).values_list("pk", flat=True)) if sha256 else []


def hash_of(row: KnownPicture) -> KnownHash:
    """An entry as the matching knows it."""
    return KnownHash(
        entry_id=str(row.pk),
        list_name=row.list_id,
        tier=_weight(row),
        sha256=row.sha256 or None,
        pdq=row.pdq or None,
        dhash=row.dhash or None,
        md5=row.md5 or None,
        reach_bits=row.list.reach_bits,
    )


def _weight(row: KnownPicture) -> Tier:
    return Tier(row.tier) if row.disputed_at is None else Tier.DISPUTED


def is_any_about_minors(names: Iterable[str]) -> bool:
    """Whether one of these lists is against the sexual abuse of children."""
    return HashList.objects.filter(name__in=sorted(names), purpose=Purpose.CSAM).exists()


def names_of_lists(list_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those of these that are lists."""
    return dict(HashList.objects.filter(pk__in=list(list_ids)).values_list("pk", "name"))


def entry_again(row: KnownPicture) -> NewEntry:
    """The same as it could come in once more, with the weight that it has."""
    frames = row.frames.order_by("at_ms", "pk")
    return NewEntry(
        media=Media(row.media),
        sha256=row.sha256,
        md5=row.md5,
        pdq=row.pdq,
        dhash=row.dhash,
        frames=tuple(Frame(at_ms=one.at_ms, pdq=one.pdq, dhash=one.dhash) for one in frames),
        foreign_id=row.foreign_id,
        tier=Tier(row.tier),
    )
