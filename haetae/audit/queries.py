"""Everything that reads events."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.audit.models import Event


def get_event(event_id: int) -> Event:
    """Raises Event.DoesNotExist."""
    return Event.objects.get(pk=event_id)


def events_after(event_id: int) -> QuerySet[Event]:
    """Events with a higher id, in order."""
    return Event.objects.filter(pk__gt=event_id).order_by("pk")


def newest_event_id() -> int:
    """0 when nothing has happened yet."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def about(subject_ids: Iterable[UUID]) -> QuerySet[Event]:
    """What happened to these subjects, in order."""
    return Event.objects.filter(subject_id__in=list(subject_ids)).order_by("pk")
