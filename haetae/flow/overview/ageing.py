"""How long decisions have waited: by age and by why, the oldest, and what ends while nobody can decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.conf import settings
from django.db.models import Count, Q

from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Sighting
from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview.contested import Contested, contested_of
from haetae.flow.overview.rows import dues, end_of
from haetae.flow.review.block.term import queries as terms
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.commission.rules import Standing
from haetae.flow.review.models import OperatorAsked, ProvisionalBlock
from haetae.flow.review.queries import undecided
from haetae.law.packs import load_pack

# The borders between the columns.
AGES: Final = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90))
OLDEST_SHOWN: Final = 10
ENDING_SHOWN: Final = 100


@dataclass(frozen=True, kw_only=True)
class Aged:
    """Those that wait for one reason. `by_age` has one number more than AGES: the youngest come first."""

    because: str
    by_age: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.by_age)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Something that is hidden and that a clock shows again soon. `times`: how often people have extended it.

    `ends` is its term, and `reported` says that a person has told us about the place.
    """

    block: ProvisionalBlock
    place: Sighting
    reported: bool
    ends: Deadline | None
    times: int


@dataclass(frozen=True, kw_only=True)
class Oldest:
    """`asked_at`: when the operator was asked to judge by itself."""

    contested: Contested
    asked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ageing:
    standing: Standing
    aged: Sequence[Aged]
    oldest: Sequence[Oldest]
    ending: Sequence[Ending]
    ending_count: int

    @property
    def total(self) -> int:
        return sum(one.total for one in self.aged)


def ageing(*, now: datetime) -> Ageing:
    """In a number of queries that does not grow with what waits."""
    ending = terms.ending_by(now + _told_before())
    return Ageing(
        standing=standing(),
        aged=_aged(now),
        oldest=_oldest(),
        ending=_ending(list(ending.select_related("sighting__operator")[:ENDING_SHOWN])),
        ending_count=ending.count(),
    )


def _told_before() -> timedelta:
    return load_pack(settings.JURISDICTION).review.remind_before_block_ends.as_timedelta()


def _aged(now: datetime) -> list[Aged]:
    borders = [now, *(now - age for age in AGES), None]
    counts = {}
    for column, (younger, older) in enumerate(pairwise(borders)):
        inside = Q(opened_at__gt=older) if older else Q()
        inside &= Q(opened_at__lte=younger) if column else Q()
        counts[f"age_{column}"] = Count("pk", filter=inside)
    columns = sorted(counts)
    grouped = undecided().order_by().values("because").annotate(**counts).order_by("because")
    return [
        Aged(because=because, by_age=by_age) for because, *by_age in grouped.values_list("because", *columns)
    ]


def _oldest() -> list[Oldest]:
    found = list(undecided().order_by("opened_at", "pk")[:OLDEST_SHOWN])
    asked = dict(OperatorAsked.objects.filter(review__in=found).values_list("review_id", "at"))
    return [Oldest(contested=one, asked_at=asked.get(one.review.pk)) for one in contested_of(found)]


def _ending(blocks: Sequence[ProvisionalBlock]) -> list[Ending]:
    told = arrival.told_of(block.sighting_id for block in blocks)
    times, due = terms.times_extended(block.pk for block in blocks), dues(blocks)
    return [
        Ending(
            block=block,
            place=block.sighting,
            reported=block.sighting_id in told,
            ends=end_of(block, due),
            times=times.get(block.pk, 0),
        )
        for block in blocks
    ]
