"""From what a person wants of their case to what the flow does about it."""

from haetae.agencies.support.models import Case
from haetae.agencies.support.notices import actions as notices
from haetae.agencies.support.queries import get_case, may_be_of_a_minor, reports_of
from haetae.agencies.support.retention import actions as retention
from haetae.agencies.support.states import State
from haetae.agencies.support.steering import actions as steering
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.flow.removal import actions as removal


def follow_the_person(event: Event) -> None:
    """The person stops, goes on, or says it otherwise: their links and fingerprints count as they want it now."""
    steering.settle(case_id=event.subject_id)
    if State(get_case(event.subject_id).state) is State.WITHDRAWN:
        notices.end_notices(case_id=event.subject_id, actor=SYSTEM)
    retention.set_term(case_id=event.subject_id)  # another age is another class
    _protect_what_is_asked(get_case(event.subject_id))


def _protect_what_is_asked(case: Case) -> None:
    """They say only now that somebody under 19 is shown: what was asked before carries it from here on."""
    for report in reports_of(case):
        places = list(report.sightings.values_list("pk", flat=True))
        for sighting_id in places if may_be_of_a_minor(places) else ():
            removal.protect(sighting_id=sighting_id)
