"""Everything that reads second looks."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.agencies.second_looks.models import Draw, SecondLook
from haetae.agencies.second_looks.rules import DECIDED_BY
from haetae.agencies.second_looks.states import Of, State
from haetae.audit.models import Event, Head, Leaf
from haetae.flow.tasks.states import Kind


def get_second_look(look_id: UUID) -> SecondLook:
    """With its examination. Raises SecondLook.DoesNotExist."""
    return SecondLook.objects.select_related("assessment__sighting", "task").get(pk=look_id)


def of_task(task_id: UUID) -> SecondLook:
    """The same, by the task that stands for it. Raises SecondLook.DoesNotExist."""
    return SecondLook.objects.select_related("assessment__sighting", "task").get(task_id=task_id)


def of_tasks(task_ids: Iterable[UUID]) -> dict[UUID, SecondLook]:
    """Those of these tasks that are second looks."""
    rows = SecondLook.objects.select_related("assessment").filter(task_id__in=list(task_ids))
    return {row.task_id: row for row in rows if row.task_id}


def newest_draw() -> Draw | None:
    return Draw.objects.order_by("-until").first()


def newest_week() -> Draw | None:
    """The draw with which the last week ended; the very first one begins the first week."""
    return Draw.objects.filter(week_first__isnull=False).order_by("-until").first()


def decisions(*, first: int, until: int) -> QuerySet[Event]:
    """What was decided among these leaves, in the order of ids."""
    leaves = Leaf.objects.filter(index__gte=first, index__lt=until).values("event_id")
    found = Event.objects.filter(pk__in=leaves, name__in=sorted(DECIDED_BY)).order_by("pk")
    return found.filter(~Q(name="tasks.done") | Q(facts__kind=str(Kind.JUDGE)))


def candidates(*, first: int, until: int) -> dict[Of, list[int]]:
    """The same by whose act it was: ids of events."""
    found: dict[Of, list[int]] = {of: [] for of in Of}
    for event in decisions(first=first, until=until):
        found[DECIDED_BY[event.name]].append(event.pk)
    return found


def head_after(draw: Draw) -> Head | None:
    """The first signed head under which the closing of this draw stands; None while there is none."""
    closed = Event.objects.get(subject_id=draw.pk, name="second_looks.round_over")
    leaf = Leaf.objects.filter(event_id=closed.pk).first()
    return Head.objects.filter(size__gt=leaf.index).order_by("size").first() if leaf else None


def drawn_among(event_ids: Iterable[int]) -> set[int]:
    """Those of these events that were drawn in an earlier round."""
    return set(SecondLook.objects.filter(event_id__in=list(event_ids)).values_list("event_id", flat=True))


def waiting() -> QuerySet[SecondLook]:
    return SecondLook.objects.select_related("task").filter(state=State.WAITING)
