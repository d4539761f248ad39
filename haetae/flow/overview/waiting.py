"""What waits for a person, each task with its place or with the operator that it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.enforcement.designation import queries as designations
from haetae.agencies.enforcement.filings import queries as filings
from haetae.agencies.second_looks import queries as seconds
from haetae.flow.arrival.models import HookOutage
from haetae.flow.arrival.queries import newest_sightings
from haetae.flow.delivery.queries import last_outcomes
from haetae.flow.in_turn import Turn, in_turn
from haetae.flow.overview.blinded import blinded_row
from haetae.flow.overview.rows import PAGE_SIZE, Row, rows_of
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.tasks import queries as tasks
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.hashbank.queries import names_of_lists


@dataclass(frozen=True, kw_only=True)
class ForPeople:
    """`row` is the place, where there is one; otherwise `operator` is whom it is about, or whose list.

    `review_id` is the decision that is waited for at this place, where one is. `why` is a code: what the notice lacks.
    A second look is shown as it would have waited: nothing tells it from any other.
    """

    task: Task
    row: Row | None
    operator: str
    review_id: UUID | None
    why: str


def for_people(
    *,
    kinds: Iterable[Kind] = Kind,
    after: Turn | None = None,
    before: Turn | None = None,
    reader: UUID | None = None,
) -> list[ForPeople]:
    """PAGE_SIZE and one more of what waits, in the order of urgency, of some kinds or of all: as `contested.queue`."""
    rows = tasks.waiting(kinds=kinds, reader=reader)
    return _joined(in_turn(rows, most=PAGE_SIZE + 1, after=after, before=before))


def task_in_full(task_id: UUID) -> ForPeople:
    """One task, ended or not. Raises Task.DoesNotExist."""
    return _joined([tasks.get_task(task_id)])[0]


def next_task(*, after: UUID, reader: UUID, kinds: Iterable[Kind] = Kind) -> UUID | None:
    """The most urgent that waits for the reader besides this one."""
    found = in_turn(tasks.waiting(kinds=kinds, reader=reader), most=2)
    return next((task.pk for task in found if task.pk != after), None)


def _joined(found: Sequence[Task]) -> list[ForPeople]:
    places = [task.sighting_id for task in found if task.sighting_id]
    rows = {row.sighting_id: row for row in rows_of(list(newest_sightings().filter(pk__in=places)))}
    again = seconds.of_tasks(task.pk for task in found if task.second)
    blinded = {one: blinded_row(rows[look.assessment.sighting_id], look) for one, look in again.items()}
    undecided = Review.objects.filter(sighting_id__in=places, state__in=sorted(UNDECIDED))
    reviews = {review.sighting_id: review.pk for review in undecided}
    outages = HookOutage.objects.select_related("operator").filter(pk__in=[task.subject_id for task in found])
    operators = {outage.pk: outage.operator.name for outage in outages}
    unfit = [task.subject_id for task in found if task.kind == Kind.NOTICE_UNFIT]
    whys = last_outcomes(unfit) if unfit else {}
    operators |= names_of_lists(task.subject_id for task in found)
    operators |= filings.names_of(_subjects(found, Kind.REPORT_MISSING))
    operators |= designations.names_of(_subjects(found, Kind.DESIGNATION_LATE))
    return [
        ForPeople(
            task=task,
            row=blinded.get(task.pk) or (rows.get(task.sighting_id) if task.sighting_id else None),
            operator=operators.get(task.subject_id, ""),
            review_id=reviews.get(task.sighting_id) if task.sighting_id and not task.second else None,
            why=whys.get(task.subject_id, ""),
        )
        for task in found
    ]


def _subjects(found: Sequence[Task], kind: Kind) -> list[UUID]:
    return [task.subject_id for task in found if task.kind == kind]
