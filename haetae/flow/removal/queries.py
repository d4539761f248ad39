"""Everything that reads requests to delete."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from haetae.flow.deadlines.queries import term_of_the_law
from haetae.flow.deadlines.states import Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import OPEN, State
from haetae.law.packs import load_pack


def get_request(request_id: UUID) -> DeletionRequest:
    """With sighting, operator and assessment. Raises DeletionRequest.DoesNotExist."""
    return DeletionRequest.objects.select_related("sighting__operator", "assessment").get(pk=request_id)


def latest_by_sighting(sighting_ids: Iterable[UUID]) -> dict[UUID, DeletionRequest]:
    """The newest request of each sighting."""
    rows = DeletionRequest.objects.filter(sighting_id__in=list(sighting_ids)).order_by("round")
    return {row.sighting_id: row for row in rows}


def newest_states() -> dict[UUID, str]:
    """The state of the newest request of every sighting that has one."""
    rows = DeletionRequest.objects.order_by("sighting_id", "-round").distinct("sighting_id")
    return dict(rows.values_list("sighting_id", "state"))


def open_requests() -> QuerySet[DeletionRequest]:
    """Every request that is not at its end, with its assessment."""
    return DeletionRequest.objects.select_related("assessment").filter(state__in=sorted(OPEN))


def undeliverable() -> QuerySet[DeletionRequest]:
    """Requests whose operator cannot be asked yet, with their sightings."""
    return DeletionRequest.objects.select_related("sighting").filter(state=State.UNDELIVERABLE)


def not_followed() -> QuerySet[DeletionRequest]:
    """Requests whose operator cannot be asked, has let the time pass, or refuses a decision, with their sightings."""
    refuses = Q(state=State.REFUSED) & ~Q(ordered="")
    rows = DeletionRequest.objects.select_related("sighting", "assessment")
    return rows.filter(Q(state__in=[State.UNDELIVERABLE, State.OVERDUE]) | refuses)


def term_ends_soon(sighting_id: UUID, *, at: datetime) -> datetime | None:
    """When a law wants it gone from here, where that is over or closer than our own target is long; else None."""
    asked = DeletionRequest.objects.filter(sighting_id=sighting_id, state__in=sorted(OPEN))
    ends_at = term_of_the_law(asked.values_list("pk", flat=True), Kind.REMOVE)
    near = load_pack(settings.JURISDICTION).removal.target_removal.as_timedelta()
    return ends_at if ends_at is not None and ends_at - at <= near else None


def of_sighting(sighting_id: UUID) -> QuerySet[DeletionRequest]:
    """Every request about one place, the oldest first."""
    return DeletionRequest.objects.filter(sighting_id=sighting_id).order_by("round")
