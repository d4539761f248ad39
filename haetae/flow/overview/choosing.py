"""Which sightings somebody wants to see, and in which order."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.overview.standing import (
    FOR_PEOPLE,
    FOUND,
    STAGE_OF,
    Counts,
    newest_assessments,
    newest_requests,
    without_request,
)
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.tasks.models import Task

NOBODYS: Final = "none"
_DIGITS: Final = 32


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


def chosen(choice: Choice) -> QuerySet[Sighting]:
    """With operators, the newest first; what needs a person comes with the longest waiting first."""
    rows = arrival.newest_sightings().filter(_about(choice), _where(choice))
    # The id settles what was found in the same moment, so that no page shows one twice and another never.
    return rows.order_by(*(("found_at", "pk") if choice.for_people else ("-found_at", "-pk")))


def how_many(choice: Choice, *, of: Counts) -> int:
    """How many were chosen; by stage and by what needs a person they are counted already."""
    by_stage = of.for_people_at_stage if choice.for_people else of.at_stage
    if choice == Choice(stage=choice.stage, for_people=choice.for_people):
        return by_stage[choice.stage] if choice.stage else sum(by_stage.values())
    return chosen(choice).count()


def _about(choice: Choice) -> Q:
    wanted = Q()
    if choice.operator:
        wanted &= Q(operator=None) if choice.operator == NOBODYS else Q(operator_id=choice.operator)
    if choice.source:
        wanted &= Q(source=choice.source)
    if choice.number:
        wanted &= _numbered(choice.number)
    return wanted


def _where(choice: Choice) -> Q:
    wanted = Q()
    if choice.state:
        wanted &= _in_states(frozenset({choice.state}))
    if choice.stage:
        states = frozenset(state for state, stage in STAGE_OF.items() if stage == choice.stage)
        here = _in_states(states)
        wanted &= (here | _in_review()) if choice.stage == "review" else (here & ~_in_review())
    if choice.for_people:
        tasks = Task.objects.filter(sighting_id__isnull=False, state="waiting").values("sighting_id")
        wanted &= _in_states(FOR_PEOPLE) | _in_review() | Q(pk__in=tasks)
    return wanted


def _in_states(states: frozenset[str]) -> Q:
    """By the newest request, or where there is none by the newest examination, or neither.

    Lists of ids, which the database makes once, and not questions that it asks for every row.
    """
    asked = newest_requests().filter(state__in=sorted(states)).values("sighting")
    examined = newest_assessments().filter(without_request(), state__in=sorted(states)).values("sighting")
    wanted = Q(pk__in=asked) | Q(pk__in=examined)
    return wanted | Q(~Exists(_examinations())) if FOUND in states else wanted


def _examinations() -> QuerySet[Assessment]:
    return Assessment.objects.filter(sighting=OuterRef("pk"))


def _in_review() -> Q:
    return Q(pk__in=Review.objects.filter(state__in=sorted(UNDECIDED)).values("sighting"))


def _numbered(digits: str) -> Q:
    """Ids are ordered by their digits, so that a beginning is a range."""
    first, last = (UUID((digits + filler * _DIGITS)[:_DIGITS]) for filler in "0f")
    of_reports = Report.sightings.through.objects.filter(report__id__range=(first, last))
    return Q(pk__range=(first, last)) | Q(pk__in=of_reports.values("sighting_id"))
