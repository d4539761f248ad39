"""Everything that reads tasks."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import State


def get_task(task_id: UUID) -> Task:
    """Raises Task.DoesNotExist."""
    return Task.objects.get(pk=task_id)


def waiting() -> QuerySet[Task]:
    """What waits for a person, the oldest first."""
    return Task.objects.filter(state=State.WAITING).order_by("opened_at")


def about(sighting_ids: Iterable[UUID]) -> QuerySet[Task]:
    """Every task about these places, the oldest first."""
    return Task.objects.filter(sighting_id__in=list(sighting_ids)).order_by("opened_at")
