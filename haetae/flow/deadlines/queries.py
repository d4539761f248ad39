"""Everything that reads due dates."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Min, QuerySet

from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import State


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Deadline]:
    """All due dates of these subjects, the earliest first, those without an hour last."""
    return Deadline.objects.filter(subject_id__in=list(subject_ids)).order_by("due_at")


def next_due_at() -> datetime | None:
    """The earliest moment at which something becomes due."""
    first: datetime | None = Deadline.objects.filter(state=State.SET).aggregate(first=Min("due_at"))["first"]
    return first
