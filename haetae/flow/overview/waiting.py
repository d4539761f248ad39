"""What waits for a person, each task with its place or with the operator that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.flow.arrival.models import HookOutage
from haetae.flow.arrival.queries import newest_sightings
from haetae.flow.overview.rows import PAGE_SIZE, Row, rows_of
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.tasks import queries as tasks
from haetae.flow.tasks.models import Task
from haetae.hashbank.queries import names_of_lists


@dataclass(frozen=True, kw_only=True)
class ForPeople:
    """`row` is the place, where there is one; otherwise `operator` is whom it is about, or whose list.

    `review_id` is the decision that is waited for at this place, where one is.
    """

    task: Task
    row: Row | None
    operator: str
    review_id: UUID | None


def for_people(*, kind: str = "", page: int = 1) -> list[ForPeople]:
    """Page `page` (from 1) of what waits, the oldest first; of one kind, or of all."""
    rows = tasks.waiting().order_by("opened_at", "pk")
    first = (page - 1) * PAGE_SIZE
    return _joined(list((rows.filter(kind=kind) if kind else rows)[first : first + PAGE_SIZE]))


def task_in_full(task_id: UUID) -> ForPeople:
    """One task, ended or not. Raises Task.DoesNotExist."""
    return _joined([tasks.get_task(task_id)])[0]


def next_task(*, after: UUID) -> UUID | None:
    """The oldest that waits besides this one."""
    first = tasks.waiting().exclude(pk=after).order_by("opened_at", "pk").first()
    return first.pk if first else None


def _joined(found: Sequence[Task]) -> list[ForPeople]:
    places = [task.sighting_id for task in found if task.sighting_id]
    rows = {row.sighting_id: row for row in rows_of(list(newest_sightings().filter(pk__in=places)))}
    undecided = Review.objects.filter(sighting_id__in=places, state__in=sorted(UNDECIDED))
    reviews = {review.sighting_id: review.pk for review in undecided}
    outages = HookOutage.objects.select_related("operator").filter(pk__in=[task.subject_id for task in found])
    operators = {outage.pk: outage.operator.name for outage in outages}
    operators |= names_of_lists(task.subject_id for task in found)
    return [
        ForPeople(
            task=task,
            row=rows.get(task.sighting_id) if task.sighting_id else None,
            operator=operators.get(task.subject_id, ""),
            review_id=reviews.get(task.sighting_id) if task.sighting_id else None,
        )
        for task in found
    ]
