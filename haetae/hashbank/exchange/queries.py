"""What a partner may be given, what it holds, and what it means when it names a hash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from haetae.accounts.models import Partner
from haetae.common import clock
from haetae.hashbank.exchange.places import Place
from haetae.hashbank.models import HashFeedback, HashList, KnownPicture, PartnerCopy
from haetae.hashbank.states import PURPOSE_OF, Media, Wire

_FILM: Final = Q(media=Media.FILM.value) & ~Q(md5="")
# What the two can say: a PDQ or an MD5, no frames of a film and no SHA-256.
_SPEAKABLE: Final = {
    Wire.STOPNCII: _FILM | (Q(media=Media.IMAGE.value) & ~Q(pdq="")),
    Wire.NCMEC: _FILM | (Q(media=Media.IMAGE.value) & (~Q(pdq="") | ~Q(md5=""))),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A page: what changed from `since` on and before `until`, behind `after`, at most so many entries."""

    wire: Wire
    since: datetime
    most: int
    until: datetime | None = None
    after: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row as one partner sees it: live, or a tombstone of what it was given once."""

    row: KnownPicture
    is_live: bool


def may_have(partner: Partner) -> Q:
    """What a partner is given: it counts now, is checked so far as agreed, and is not what it sent itself.

    Its own entries would come back to it as if somebody else had confirmed them.
    """
    counts = Q(withdrawn_at=None, disputed_at=None, list__quarantined_at=None)
    counts &= Q(expires_at=None) | Q(expires_at__gt=clock.now())
    others = Q(list__partner=None) | ~Q(list__partner=partner)
    return counts & others & Q(tier__gte=partner.takes_tier)


def entries(partner: Partner, wanted: Wanted) -> list[Entry]:
    """The next entries of the stream, oldest change first; tombstones only of what this partner was given."""
    rows = _seen_by(partner, wire=wanted.wire).filter(_SPEAKABLE[wanted.wire], changed_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(changed_at__lt=wanted.until)
    if wanted.after is not None:
        at = wanted.after.changed_at
        rows = rows.filter(
            Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=wanted.after.entry_id), changed_at__gte=at
        )
    return _entries(rows.order_by("changed_at", "pk")[: wanted.most])


def same_hash(partner: Partner, rows: Sequence[KnownPicture]) -> list[Entry]:
    """Everything that this partner sees and that holds a hash of these: another case may keep a hash alive.

    Hashes are named by StopNCII's wire alone, and so in the next function; ids by NCMEC's.
    """
    pdqs = {row.pdq for row in rows if row.media == Media.IMAGE and row.pdq}
    md5s = {row.md5 for row in rows if row.media == Media.FILM and row.md5}
    lists = list(HashList.objects.all())  # the indexes begin with the list
    held = Q(media=Media.IMAGE.value, pdq__in=pdqs) | Q(media=Media.FILM.value, md5__in=md5s)
    return _entries(_seen_by(partner, wire=Wire.STOPNCII).filter(held, list__in=lists).order_by("pk"))


def named(partner: Partner, *, value: str, media: Media | None) -> list[Entry]:
    """What a partner can mean by a hash: an entry that it may have, was given or has sent. Anything else is unknown."""
    lists = list(HashList.objects.all())
    image, film = Q(media=Media.IMAGE.value, pdq=value), Q(media=Media.FILM.value, md5=value)
    meant = {None: image | film, Media.IMAGE: image, Media.FILM: film}[media]
    seen = _seen_by(partner, wire=Wire.STOPNCII, own=True)
    return _entries(seen.filter(meant, list__in=lists).order_by("pk"))


def named_by_id(partner: Partner, entry_id: UUID) -> list[Entry]:
    """The same by our id; at most one."""
    return _entries(_seen_by(partner, wire=Wire.NCMEC, own=True).filter(pk=entry_id))


def own_list(partner: Partner) -> HashList | None:
    """The list into which a partner submits; what we fetch from it stands on lists of its own."""
    submitted = HashList.objects.filter(purpose=PURPOSE_OF[Wire.STOPNCII].value)
    return submitted.filter(partner=partner, source=None).order_by("made_at").first()


def on_list(kept: HashList, wanted: Collection[tuple[Media, str]]) -> QuerySet[KnownPicture]:
    """What a list holds and has held of these: pictures by their PDQ, films by their MD5; always in one order."""
    pictures = [value for media, value in wanted if media is Media.IMAGE]
    films = [value for media, value in wanted if media is Media.FILM]
    meant = Q(media=Media.IMAGE.value, pdq__in=pictures) | Q(media=Media.FILM.value, md5__in=films)
    return KnownPicture.objects.filter(meant, list=kept).order_by("pk")


def said_by(row: KnownPicture) -> tuple[Media, str]:
    """The medium of an entry and the hash that names it on the wire."""
    media = Media(row.media)
    return media, row.md5 if media is Media.FILM else row.pdq


def disputed(kept: HashList, wanted: Collection[tuple[Media, str]]) -> frozenset[tuple[Media, str]]:
    """Those that were once disputed, also where the entry has been withdrawn since."""
    return frozenset(said_by(row) for row in on_list(kept, wanted).exclude(disputed_at=None))


def feedback_on(rows: Collection[KnownPicture]) -> dict[UUID, list[HashFeedback]]:
    """What was said of each of these, by their ids."""
    found: dict[UUID, list[HashFeedback]] = {}
    for said in HashFeedback.objects.filter(known__in=rows).order_by("given_at", "pk"):
        found.setdefault(said.known_id, []).append(said)
    return found


def _seen_by(partner: Partner, *, wire: Wire, own: bool = False) -> QuerySet[KnownPicture]:
    """On lists of the purpose that the wire is for, and on no others."""
    given = Exists(PartnerCopy.objects.filter(partner=partner, known=OuterRef("pk")))
    live = ExpressionWrapper(may_have(partner), output_field=BooleanField())
    rows = KnownPicture.objects.select_related("list").annotate(is_live=live)
    rows = rows.filter(list__purpose=PURPOSE_OF[wire].value)
    sent = Q(list__partner=partner, withdrawn_at=None) if own else Q(pk__in=[])
    return rows.filter(Q(is_live=True) | Q(given) | sent)


def _entries(rows: QuerySet[KnownPicture]) -> list[Entry]:
    return [Entry(row=row, is_live=bool(getattr(row, "is_live", False))) for row in rows]
