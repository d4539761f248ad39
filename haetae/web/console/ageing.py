"""How long decisions have waited, in words: by age and by why, the oldest, and what is about to be shown again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from haetae.flow.overview.ageing import AGES, Ageing, Ending
from haetae.flow.overview.rows import host_of
from haetae.flow.review.commission.rules import Standing
from haetae.web.console.blocks import BlockLine, block_line
from haetae.web.console.commission import Quorum, quorum
from haetae.web.console.contested import Waiting, waiting
from haetae.web.console.lines import number_of
from haetae.web.words.reviews import because_words
from haetae.web.words.times import Moment, age_words, moment

# Our own target is a day: what waits longer than the first border is late.
_FIRST_LATE: Final = 1


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One number; `age` names its column, `percent` is of the largest number of all."""

    age: str
    count: int
    percent: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class AgedLine:
    words: str
    bars: Sequence[Bar]
    total: int


@dataclass(frozen=True, kw_only=True)
class OldestLine:
    """`asked`: when the operator was asked to judge by itself. `can_ask`: there is an operator, and nobody asked."""

    waiting: Waiting
    asked: Moment | None
    can_ask: bool


@dataclass(frozen=True, kw_only=True)
class EndingLine:
    """One block that ends soon, and as much of its place as people choose by."""

    block_id: str
    sighting_id: UUID
    number: str
    host: str
    operator: str
    reported: bool
    block: BlockLine
    extended: str


@dataclass(frozen=True, kw_only=True)
class Page:
    quorum: Quorum
    since: str
    ages: Sequence[str]
    aged: Sequence[AgedLine]
    total: int
    oldest: Sequence[OldestLine]
    ending: Sequence[EndingLine]
    ending_count: int


def page_of(found: Ageing, *, now: datetime) -> Page:
    return Page(
        quorum=quorum(found.standing),
        since=_since(found.standing),
        ages=list(age_words(AGES)),
        aged=list(_aged(found)),
        total=found.total,
        oldest=[
            OldestLine(
                waiting=waiting(one.contested, now=now),
                asked=moment(one.asked_at, now=now) if one.asked_at else None,
                can_ask=one.asked_at is None and one.contested.row.operator is not None,
            )
            for one in found.oldest
        ],
        ending=[_ending(one, now=now) for one in found.ending],
        ending_count=found.ending_count,
    )


def _since(found: Standing) -> str:
    """For how long nothing can be decided; empty where it can, and where nobody knows since when."""
    if found.has_quorum or found.without_since is None:
        return ""
    return _("Nothing could be decided for %(days)s days.") % {"days": (found.on - found.without_since).days}


def _aged(found: Ageing) -> Iterator[AgedLine]:
    most = max((count for one in found.aged for count in one.by_age), default=0)
    for one in found.aged:
        bars = [
            Bar(
                age=age,
                count=count,
                percent=round(100 * count / most) if most else 0,
                late=column >= _FIRST_LATE,
            )
            for column, (age, count) in enumerate(zip(age_words(AGES), one.by_age, strict=True))
        ]
        yield AgedLine(words=because_words(one.because), bars=bars, total=one.total)


def _ending(one: Ending, *, now: datetime) -> EndingLine:
    extended = _("extended by people: %(times)s") % {"times": one.times} if one.times else ""
    operator = one.place.operator
    return EndingLine(
        block_id=str(one.block.pk),
        sighting_id=one.place.pk,
        number=number_of(one.place.pk),
        host=host_of(one.place),
        operator=operator.name if operator else "",
        reported=one.reported,
        block=block_line(one.block, ends=one.ends, now=now, zone=operator.zone if operator else ""),
        extended=extended,
    )
