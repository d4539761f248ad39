"""The times of institutions: a yearly report, an incident to be told, a plan, a training."""

from uuid import UUID

from haetae.agencies.education.incidents import actions as incidents
from haetae.agencies.education.years import actions as years


def report_is_due(year_id: UUID) -> None:
    """The day of the law has passed: what has not come is missing."""
    years.report_missing(year_id=year_id)


def not_told(incident_id: UUID) -> None:
    """It should have been told by now."""
    incidents.notice_late(incident_id=incident_id)


def plan_is_due(incident_id: UUID) -> None:
    """The law's time for a plan is over."""
    incidents.plan_late(incident_id=incident_id)


def plan_is_awaited(incident_id: UUID) -> None:
    """Our own time for a plan is over; the law's is not."""
    incidents.plan_awaited(incident_id=incident_id)


def training_is_due(training_id: UUID) -> None:
    """Our time for a training is over."""
    years.training_late(training_id=training_id)
