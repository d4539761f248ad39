"""What follows when a person has ended a task."""

from uuid import UUID

from haetae.audit.models import Event
from haetae.flow.delivery import actions as delivery
from haetae.flow.steps.reviewing import lift_by_hand
from haetae.flow.tasks.states import Outcome


def act_on_task(event: Event) -> None:
    """A person has ended a task: what they chose happens."""
    subject_id = UUID(str(event.facts["for"]))
    if event.facts["outcome"] == Outcome.SEND_AGAIN:
        delivery.revive(delivery_id=subject_id)
    elif event.facts["outcome"] == Outcome.RESTORE:
        lift_by_hand(subject_id)
