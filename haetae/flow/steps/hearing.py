"""Whoever is to be heard is told, and has said nothing in time."""

from uuid import UUID

from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.hearings import actions as hearings


def tell_the_operator(event: Event) -> None:
    """An operator is asked what it thinks: it is told, besides that it stands at its desk."""
    jobs.defer("haetae.hearings.tell", hearing_id=str(event.subject_id))


def time_is_over(hearing_id: UUID) -> None:
    """The time for an opinion is over: the act before which it was asked may come."""
    hearings.silent(hearing_id=hearing_id)
