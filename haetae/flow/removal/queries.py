"""Everything that reads requests to delete."""

from collections.abc import Iterable
from uuid import UUID

from haetae.flow.removal.models import DeletionRequest


def get_request(request_id: UUID) -> DeletionRequest:
    """With sighting, operator and assessment. Raises DeletionRequest.DoesNotExist."""
    return DeletionRequest.objects.select_related("sighting__operator", "assessment").get(pk=request_id)


def latest_by_sighting(sighting_ids: Iterable[UUID]) -> dict[UUID, DeletionRequest]:
    """The newest request of each sighting."""
    rows = DeletionRequest.objects.filter(sighting_id__in=list(sighting_ids)).order_by("round")
    return {row.sighting_id: row for row in rows}


def may_have_been_asked(request_id: UUID, *, before_attempt: int) -> bool:
    """Whether an earlier attempt may have reached the operator (a crash counts: it may have)."""
    attempts = DeletionRequest.objects.get(pk=request_id).attempts
    return attempts.filter(number__lt=before_attempt, may_have_arrived=True).exists()


def newest_states() -> dict[UUID, str]:
    """The state of the newest request of every sighting that has one."""
    rows = DeletionRequest.objects.order_by("sighting_id", "-round").distinct("sighting_id")
    return dict(rows.values_list("sighting_id", "state"))
