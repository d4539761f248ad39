"""Everything that reads tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from haetae.flow.tasks.models import Bar, Task
from haetae.flow.tasks.states import Kind, Outcome, State
from haetae.flow.urgency import ORDER


def get_task(task_id: UUID) -> Task:
    """Raises Task.DoesNotExist."""
    return Task.objects.get(pk=task_id)


def waiting(*, kinds: Iterable[Kind] = Kind, reader: UUID | None = None) -> QuerySet[Task]:
    """What waits for a person, the most urgent first; of some kinds, for those whose work these are.

    Without what the `reader` has had to do with before, where one is named.
    """
    rows = Task.objects.filter(state=State.WAITING).order_by(*ORDER)
    if reader is not None:
        rows = rows.filter(~Exists(Bar.objects.filter(task=OuterRef("pk"), official_id=reader)))
    return rows if set(kinds) == set(Kind) else rows.filter(kind__in=list(kinds))


def is_barred(task_id: UUID, *, official_id: UUID) -> bool:
    """Whether this official has had to do with it before."""
    return Bar.objects.filter(task_id=task_id, official_id=official_id).exists()


def had_to_do_with(sighting_id: UUID) -> set[UUID]:
    """Every official who has ended a task about this place."""
    ended = Task.objects.filter(sighting_id=sighting_id, ended_by__isnull=False)
    return {one for one in ended.values_list("ended_by", flat=True) if one is not None}


def about(sighting_ids: Iterable[UUID]) -> QuerySet[Task]:
    """Every task about these places, the oldest first. Second looks stand nowhere: nothing comes of them there."""
    rows = Task.objects.filter(sighting_id__in=list(sighting_ids), second=False)
    return rows.order_by("opened_at")


def waited_since(subject_id: UUID, *, sighting_id: UUID) -> datetime | None:
    """Since when a person was needed about this subject, where none came before it was asked anew; None: not at all."""
    here = Task.objects.filter(sighting_id=sighting_id, subject_id=subject_id, second=False)
    since: datetime | None = here.filter(state=State.RESOLVED).aggregate(since=Min("opened_at"))["since"]
    return since


def was_ended_so(
    subject_id: UUID, *, sighting_id: UUID, outcomes: Iterable[Outcome] = frozenset(Outcome)
) -> bool:
    """Whether a person has ended a task about this subject at this place, in one of these ways."""
    here = Task.objects.filter(sighting_id=sighting_id, subject_id=subject_id, second=False)
    return here.filter(state=State.DONE, outcome__in=list(outcomes)).exists()


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


def waiting_by_kind(*, kinds: Iterable[Kind] = Kind, reader: UUID | None = None) -> list[Waiting]:
    """Every kind of which a task waits, the oldest first; `reader` as in waiting(). For nobody without second looks."""
    rows = waiting(kinds=kinds, reader=reader).filter(kind__in=list(kinds)).order_by().values("kind")
    if reader is None:
        rows = rows.filter(second=False)  # they count from when they were examined, and nobody waits for them
    found = rows.annotate(count=Count("pk"), oldest=Min("opened_at")).order_by("oldest")
    return [Waiting(kind=row["kind"], count=row["count"], oldest_at=row["oldest"]) for row in found]
