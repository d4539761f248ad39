"""Of all sightings those that somebody wants to see: by what, on which page, and how many there are.

A choice is taken apart into ways of being chosen, and each way is asked for no more rows than the page needs. So the
database begins with the newest rows, or with the few that are in a state, and never lists all of them to show fifty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from haetae.common.states import values
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State as Examined
from haetae.flow.overview.lately import lately
from haetae.flow.overview.standing import (
    FOR_PEOPLE,
    FOUND,
    STAGE_OF,
    Counts,
    Standing,
    newest_assessments,
    newest_requests,
    without_request,
)
from haetae.flow.removal.states import State as Asked
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.tasks.models import Task

NOBODYS: Final = "none"
_DIGITS: Final = 32
_ANY: Final = frozenset(STAGE_OF)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Empty fields choose nothing away. `number` is the beginning of a sighting's or a report's id, in hex digits.

    `operator` is an id, or NOBODYS for places that no registered operator runs.
    """

    stage: str = ""
    state: str = ""
    operator: str = ""
    source: str = ""
    for_people: bool = False
    number: str = ""

    @property
    def is_any(self) -> bool:
        return self == Choice()


@dataclass(frozen=True, kw_only=True)
class _Way:
    """To stand in one of these states, and about this place a decision (None: or not) or a task is waited for.

    `by_report` is whether the number that was asked for is a report's: one index has those, and another the places'.
    """

    states: frozenset[str] = _ANY
    in_review: bool | None = None
    has_task: bool | None = None
    by_report: bool = False

    def holds(self, standing: Standing) -> bool:
        return (
            standing.state in self.states
            and self.in_review in {None, standing.in_review}
            and self.has_task in {None, standing.has_task}
        )


def chosen(choice: Choice, *, first: int = 0, most: int, of: Counts | None = None) -> list[Sighting]:
    """With operators, the newest first; what needs a person comes with the longest waiting first.

    Where nothing stood when `of` was counted, nothing is looked for: to find nothing takes longest.
    """
    # The id settles what was found in the same moment, so that no page shows one twice and another never.
    order = ("found_at", "place") if choice.for_people else ("-found_at", "-place")
    ways = [way.order_by(*order).values("place", "found_at")[: first + most] for way in _ways_to(choice, of)]
    if not ways:
        return []
    rows = ways[0].union(*ways[1:]).order_by(*order) if len(ways) > 1 else ways[0]
    ids = [row["place"] for row in rows[first : first + most]]
    shown = arrival.newest_sightings().filter(pk__in=ids)
    return list(shown.order_by(*(name.replace("place", "pk") for name in order)))


def how_many(choice: Choice, *, of: Counts) -> int:
    """How many were chosen; where they stand is counted already, and the rest behind the page."""
    if choice == Choice(stage=choice.stage, state=choice.state, for_people=choice.for_people):
        ways = _ways(choice)
        return sum(count for standing, count in of.at.items() if any(way.holds(standing) for way in ways))
    return lately(f"chosen {choice}", lambda: _count(choice, of)).value


def _count(choice: Choice, of: Counts) -> int:
    ways_to = [way.order_by().values("place") for way in _ways_to(choice, of)]
    return ways_to[0].union(*ways_to[1:]).count() if ways_to else 0


def _ways(choice: Choice) -> list[_Way]:
    """Every way in which a place may be one of those that were chosen; the same place may come by several."""
    ways = [_Way(states=frozenset({choice.state}) if choice.state else _ANY)]
    if choice.stage:
        here = frozenset(state for state, stage in STAGE_OF.items() if stage == choice.stage)
        if choice.stage == "review":
            ways = [way for one in ways for way in (_only(one, here), replace(one, in_review=True))]
        else:
            ways = [replace(_only(one, here), in_review=False) for one in ways]
    if choice.for_people:
        ways = [way for one in ways for way in _waiting(one)]
    if choice.number:
        ways += [replace(one, by_report=True) for one in ways]
    return [way for way in ways if way.states]


def _waiting(way: _Way) -> Iterator[_Way]:
    yield _only(way, FOR_PEOPLE)
    others = way if way.states == _ANY else _only(way, _ANY - FOR_PEOPLE)
    yield replace(others, has_task=True)
    if way.in_review is not False:
        yield replace(others, in_review=True)


def _only(way: _Way, states: frozenset[str]) -> _Way:
    return replace(way, states=way.states & states)


def _ways_to(choice: Choice, of: Counts | None) -> list[QuerySet[Any]]:
    """Rows with `place`, the id of a sighting, and `found_at`, of one state each: an index has those in this order."""
    return [rows for way in _ways(choice) for rows in _rows(way, choice, of)]


def _rows(way: _Way, choice: Choice, of: Counts | None) -> Iterator[QuerySet[Any]]:
    if way.states == _ANY:
        waits = way.has_task or way.in_review
        yield _what_waits(way, choice) if waits else _those(Sighting.objects.all(), way, choice, sighting="")
        return
    taken = (
        way.states if of is None else {one.state for one, count in of.at.items() if count and way.holds(one)}
    )
    for state in sorted(taken & set(values(Asked))):
        yield _those(newest_requests().filter(state=state), way, choice, sighting="sighting")
    for state in sorted(taken & set(values(Examined))):
        rows = newest_assessments().filter(without_request(), state=state)
        yield _those(rows, way, choice, sighting="sighting")
    if FOUND in taken:
        examined = Exists(Assessment.objects.filter(sighting=OuterRef("pk")))
        yield _those(Sighting.objects.filter(~examined), way, choice, sighting="")


def _those(rows: QuerySet[Any], way: _Way, choice: Choice, *, sighting: str) -> QuerySet[Any]:
    """Of rows that have the place in the column `sighting`, or that are places where that is empty."""
    place = sighting or "pk"
    if way.in_review is not None:
        decides = Exists(Review.objects.filter(sighting=OuterRef(place), state__in=sorted(UNDECIDED)))
        rows = rows.filter(decides if way.in_review else ~decides)
    if way.has_task:
        waits = Task.objects.filter(sighting_id=OuterRef(place), state="waiting", second=False)
        rows = rows.filter(Exists(waits))
    about = _about(choice, way, of=f"{sighting}__" if sighting else "")
    places: QuerySet[Any] = rows.filter(about).annotate(place=F(place))
    return places


def _what_waits(way: _Way, choice: Choice) -> QuerySet[Any]:
    """Begun with the few tasks or reviews: with the places, the database would walk over years to find the newest.

    So the places are not joined: a task and a review know when theirs was found, and what is asked of it is looked up.
    """
    rows: QuerySet[Any]
    undecided = Review.objects.filter(state__in=sorted(UNDECIDED))
    if way.has_task:
        rows = Task.objects.filter(state="waiting", sighting_id__isnull=False, second=False)
        if way.in_review is not None:
            decides = Exists(undecided.filter(sighting=OuterRef("sighting_id")))
            rows = rows.filter(decides if way.in_review else ~decides)
    else:
        rows = undecided
    if choice.operator or choice.source or choice.number:
        here = Sighting.objects.filter(_about(choice, way, of=""), pk=OuterRef("sighting_id"))
        rows = rows.filter(Exists(here))
    # A place for which two things wait is one place.
    return rows.annotate(place=F("sighting_id")).distinct()


def _about(choice: Choice, way: _Way, *, of: str) -> Q:
    """`of` goes before the names of the columns of a sighting."""
    wanted = Q()
    if choice.operator:
        whose = None if choice.operator == NOBODYS else choice.operator
        wanted &= Q((f"{of}operator", whose))
    if choice.source:
        wanted &= Q((f"{of}source", choice.source))
    if choice.number:
        wanted &= _numbered(choice.number, of=of, by_report=way.by_report)
    return wanted


def _numbered(digits: str, *, of: str, by_report: bool) -> Q:
    """Ids are ordered by their digits, so that a beginning is a range."""
    first, last = (UUID((digits + filler * _DIGITS)[:_DIGITS]) for filler in "0f")
    if not by_report:
        return Q((f"{of}id__range", (first, last)))
    of_reports = Report.sightings.through.objects.filter(report__id__range=(first, last))
    return Q((f"{of}id__in", of_reports.values("sighting_id")))
