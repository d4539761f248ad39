"""Rows that wait for a person, in the order of urgency.py, and page after page of them, not counted from the top."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from haetae.flow.urgency import NO_TERM, ORDER, UNWEIGHED, Urgency, urgency_of


class InTurn(models.Model):
    """What the turn of a row depends on, besides `opened_at` and `id`."""

    law_ends_at = models.DateTimeField(
        default=NO_TERM, help_text="end of a term of the law that is near or over; the year 9000: none is"
    )
    rank = models.PositiveSmallIntegerField(
        default=UNWEIGHED, help_text="minors, risk and reports as one number, the smaller first"
    )

    class Meta:
        abstract = True

    @property
    def urgency(self) -> Urgency:
        return urgency_of(law_ends_at=self.law_ends_at, rank=self.rank)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A place in the queue, the values of ORDER: it stays a place when the row there has been dealt with."""

    law_ends_at: datetime
    rank: int
    opened_at: datetime
    id: UUID

    @property
    def values(self) -> tuple[datetime, int, datetime, UUID]:
        return self.law_ends_at, self.rank, self.opened_at, self.id


class _Row(Protocol):
    law_ends_at: datetime
    rank: int
    opened_at: datetime
    pk: UUID


Row = TypeVar("Row", bound=models.Model)


def turn_of(row: _Row) -> Turn:
    return Turn(law_ends_at=row.law_ends_at, rank=row.rank, opened_at=row.opened_at, id=row.pk)


def in_turn(
    rows: models.QuerySet[Row], *, most: int, after: Turn | None = None, before: Turn | None = None
) -> list[Row]:
    """The next `most` rows behind `after`, or the last so many in front of `before`, in their order; else the first."""
    if before is not None:
        earlier = rows.filter(TupleLessThan(Tuple(*ORDER), before.values))
        return list(earlier.order_by(*(f"-{name}" for name in ORDER))[:most])[::-1]
    later = rows if after is None else rows.filter(TupleGreaterThan(Tuple(*ORDER), after.values))
    return list(later.order_by(*ORDER)[:most])
