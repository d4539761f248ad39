"""Sanctions that are not paid in time, and those that no longer have to be."""

from uuid import UUID

from haetae.audit.models import Event
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind


def not_paid(sanction_id: UUID) -> None:
    """The time to pay is over: a person sees to it."""
    tasks.open_task(kind=Kind.NOT_PAID, subject_id=sanction_id)


def press_no_more(event: Event) -> None:
    """It is paid, contested or annulled: nobody has to see to it."""
    tasks.resolve(subject_id=event.subject_id, kinds=frozenset({Kind.NOT_PAID}))
