"""Everything that reads tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind, Outcome, State
from haetae.flow.urgency import ORDER


def get_task(task_id: UUID) -> Task:
    """Raises Task.DoesNotExist."""
    return Task.objects.get(pk=task_id)


def waiting(*, kinds: Iterable[Kind] = Kind) -> QuerySet[Task]:
    """What waits for a person, the most urgent first; of some kinds, for those whose work these are."""
    rows = Task.objects.filter(state=State.WAITING).order_by(*ORDER)
    return rows if set(kinds) == set(Kind) else rows.filter(kind__in=list(kinds))


def about(sighting_ids: Iterable[UUID]) -> QuerySet[Task]:
    """Every task about these places, the oldest first."""
    return Task.objects.filter(sighting_id__in=list(sighting_ids)).order_by("opened_at")


def was_ended_so(subject_id: UUID, outcome: Outcome) -> bool:
    """Whether a person has ended a task about this subject in this way."""
    return Task.objects.filter(subject_id=subject_id, state=State.DONE, outcome=outcome).exists()


def is_ended_so(task_id: UUID, *, outcome: Outcome, note: str, official_id: UUID) -> bool:
    """Whether this person has ended this task in just this way: sent twice, it is no second try."""
    rows = Task.objects.filter(pk=task_id, state=State.DONE, outcome=outcome, ended_by=official_id)
    return any(row.note == note.strip() for row in rows)


def waiting_about(sighting_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these places about which a task waits."""
    rows = about(sighting_ids).filter(state=State.WAITING)
    return {task.sighting_id for task in rows if task.sighting_id}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many tasks of one kind wait, and since when the oldest."""

    kind: str
    count: int
    oldest_at: datetime


def waiting_by_kind(*, kinds: Iterable[Kind] = Kind) -> list[Waiting]:
    """Every kind of which a task waits, the oldest first."""
    rows = Task.objects.filter(state=State.WAITING, kind__in=list(kinds)).values("kind")
    found = rows.annotate(count=Count("pk"), oldest=Min("opened_at")).order_by("oldest")
    return [Waiting(kind=row["kind"], count=row["count"], oldest_at=row["oldest"]) for row in found]
