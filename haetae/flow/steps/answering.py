"""From a time in which platforms got no answer to what went through in it."""

from haetae.accounts.models import WhenWeAreDown
from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind


def call_people(event: Event) -> None:
    """Platforms get no answer: a person sees to it that they do."""
    if arrival.lasts(event.subject_id):
        tasks.open_task(kind=Kind.HOOK_DOWN, subject_id=event.subject_id)


def look_at_what_passed(event: Event) -> None:
    """We answer again: where uploads went through meanwhile, the public pages are looked at now."""
    tasks.resolve(subject_id=event.subject_id)
    outage = arrival.get_outage(event.subject_id)
    if outage.declared == WhenWeAreDown.OPEN:
        operator_id = str(outage.operator_id)
        jobs.defer_unless_waiting(
            "haetae.arrival.watch", waiting_as=f"watch:{operator_id}", operator_id=operator_id
        )
