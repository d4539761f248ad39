"""Everything that reads examinations."""

from collections.abc import Iterable
from uuid import UUID

from haetae.flow.assessment.models import Assessment


def get_assessment(assessment_id: UUID) -> Assessment:
    """With its sighting. Raises Assessment.DoesNotExist."""
    return Assessment.objects.select_related("sighting__operator").get(pk=assessment_id)


def latest_by_sighting(sighting_ids: Iterable[UUID]) -> dict[UUID, Assessment]:
    """The newest examination of each sighting."""
    rows = Assessment.objects.filter(sighting_id__in=list(sighting_ids)).order_by("round")
    return {row.sighting_id: row for row in rows}


def newest_states() -> dict[UUID, str]:
    """The state of the newest examination of every sighting that has one."""
    rows = Assessment.objects.order_by("sighting_id", "-round").distinct("sighting_id")
    return dict(rows.values_list("sighting_id", "state"))
