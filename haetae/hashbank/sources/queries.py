"""Everything that reads about foreign lists."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.common.foreign import Position
from haetae.hashbank.models import HashList, KnownPicture, Source
from haetae.hashbank.sources.rules import LONGEST_PAUSE


def sources() -> QuerySet[Source]:
    """All of them, by name."""
    return Source.objects.select_related("partner", "fills").order_by("name")


def due(*, at: datetime) -> list[UUID]:
    """Those whose time has come, the longest waiting first; and what a clock that had run ahead put off too far."""
    has_come = Q(due_at__lte=at) | Q(due_at__gt=at + LONGEST_PAUSE)
    return list(Source.objects.filter(has_come).order_by("due_at").values_list("pk", flat=True))


def position_of(source: Source) -> Position:
    """How far we have come."""
    return Position(since_s=source.since_s, until_s=source.until_s, following=source.following)


def is_silent(source_id: UUID) -> bool:
    """Whether it has failed for so long that a person is to know."""
    return Source.objects.filter(pk=source_id).exclude(silent_at=None).exists()


def held(kept: HashList, foreign_ids: Sequence[str], *, at: datetime) -> dict[str, KnownPicture]:
    """What the list has now under these keys of the other side."""
    valid = Q(expires_at=None) | Q(expires_at__gt=at)
    rows = KnownPicture.objects.filter(valid, list=kept, foreign_id__in=foreign_ids, withdrawn_at=None)
    return {row.foreign_id: row for row in rows.order_by("added_at", "pk")}


def withdrawn_here(kept: HashList, foreign_ids: Sequence[str]) -> frozenset[str]:
    """The keys under which we have withdrawn something ourselves: the other side does not bring that back."""
    rows = KnownPicture.objects.filter(list=kept, foreign_id__in=foreign_ids, withdrawn_by_issuer=False)
    return frozenset(rows.exclude(withdrawn_at=None).values_list("foreign_id", flat=True))


def disputed_here(kept: HashList, foreign_ids: Sequence[str]) -> frozenset[str]:
    """The keys under which something was disputed, also when it has been withdrawn since."""
    rows = KnownPicture.objects.filter(list=kept, foreign_id__in=foreign_ids).exclude(disputed_at=None)
    return frozenset(rows.values_list("foreign_id", flat=True))
