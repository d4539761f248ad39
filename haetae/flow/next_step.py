"""What follows from what: the only module that knows the order of the flow.

Every change of state writes one event, and every event comes through here once. FOLLOWS says which step each event
causes; what is not in it causes none, and ENDS says so by name.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from haetae.audit.models import Event
from haetae.audit.queries import get_event
from haetae.common import clock, jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.assessment import actions as assessment
from haetae.flow.assessment import queries as assessments
from haetae.flow.deadlines.states import Kind
from haetae.flow.models import Step
from haetae.flow.removal import actions as removal
from haetae.flow.removal import queries as requests
from haetae.flow.verification import actions as verification
from haetae.flow.verification import queries as probes

StepFunction = Callable[[Event], None]


def look_up_link(event: Event) -> None:
    """A reported link is looked up."""
    jobs.defer("haetae.arrival.look_up", report_id=str(event.subject_id))


def assess_sighting(event: Event) -> None:
    """A new sighting, or one that a person has now reported, is examined."""
    reported = arrival.is_reported(event.subject_id)
    assessment.open_assessment(sighting_id=event.subject_id, reported=reported)


def take_report_seriously(event: Event) -> None:
    """A person reports a place that is known: it is examined again, or, where deletion was asked for, looked at now."""
    newest = requests.latest_by_sighting([event.subject_id]).get(event.subject_id)
    if newest is None:
        assess_sighting(event)
    else:
        verification.look_now(request_id=newest.pk)


def examine(event: Event) -> None:
    """An open examination is made."""
    jobs.defer("haetae.assessment.examine", assessment_id=str(event.subject_id))


def request_deletion(event: Event) -> None:
    """The verdict is to ask: the operator is asked to delete."""
    found = assessments.get_assessment(event.subject_id)
    removal.request_deletion(sighting_id=found.sighting_id, assessment_id=found.pk)


def send_request(event: Event) -> None:
    """A request is handed to the operator."""
    _send(event.subject_id)


def look_for_ourselves(event: Event) -> None:
    """The operator says it is removed: probes are planned, the first one now."""
    verification.plan_probes(request_id=event.subject_id)


def believe_our_eyes(event: Event) -> None:
    """A probe has seen it gone twice, or live: the request learns of it."""
    probe = probes.get_probe(event.subject_id)
    removal.probe_saw(request_id=probe.request_id, gone=event.name == "verification.gone")


def hand_to_people(event: Event) -> None:
    """A false claim is overdue at once: people take over."""
    removal.mark_overdue(request_id=event.subject_id)


def ask_again(event: Event) -> None:
    """It is back at the same place: a new request, without anybody's effort."""
    request = requests.get_request(event.subject_id)
    removal.request_deletion(sighting_id=request.sighting_id, assessment_id=request.assessment_id)


def act_on_time(event: Event) -> None:
    """A due date has passed: what it was set for happens now."""
    subject_id = UUID(str(event.facts["for"]))
    WHEN_DUE[Kind(str(event.facts["kind"]))](subject_id)


def _send(request_id: UUID) -> None:
    jobs.defer("haetae.removal.send", one_at_a_time=f"request:{request_id}", request_id=str(request_id))


def _ask_status(request_id: UUID) -> None:
    jobs.defer("haetae.removal.ask_status", one_at_a_time=f"request:{request_id}", request_id=str(request_id))


def _look(probe_id: UUID) -> None:
    jobs.defer("haetae.verification.look", one_at_a_time=f"probe:{probe_id}", probe_id=str(probe_id))


def _overdue(request_id: UUID) -> None:
    removal.mark_overdue(request_id=request_id)


def _examine_again(assessment_id: UUID) -> None:
    assessment.open_again(assessment_id=assessment_id)


def _remind(_: UUID) -> None:
    """An acknowledgement is late: the passed row is what the control room shows; the request itself goes on."""


WHEN_DUE: dict[Kind, Callable[[UUID], None]] = {
    Kind.EXAMINE_AGAIN: _examine_again,
    Kind.SEND_AGAIN: _send,
    Kind.ASK_STATUS: _ask_status,
    Kind.ACKNOWLEDGE: _remind,
    Kind.REMOVE: _overdue,
    Kind.LOOK: _look,
}

FOLLOWS: dict[str, StepFunction] = {
    "arrival.reported": look_up_link,
    "arrival.found": assess_sighting,
    "arrival.report_joined": take_report_seriously,
    "assessment.opened": examine,
    "assessment.request": request_deletion,
    "removal.requested": send_request,
    "removal.claimed": look_for_ourselves,
    "verification.gone": believe_our_eyes,
    "verification.live": believe_our_eyes,
    "removal.claim_false": hand_to_people,
    "removal.reappeared": ask_again,
    "deadlines.passed": act_on_time,
}

ENDS: dict[str, str] = {
    "arrival.located": "its sightings go on by themselves",
    "arrival.not_found": "people look at the link",
    "assessment.review": "people decide",
    "assessment.nothing": "nothing known was found",
    "assessment.undetermined": "tried again when due, and shown to people",
    "removal.sent": "the operator is asked again when due",
    "removal.attempt_failed": "sent again when due",
    "removal.refused": "people take over",
    "removal.unsure": "people take over",
    "removal.verified": "later probes go on watching",
    "removal.overdue": "people take over",
    "removal.undeliverable": "people find a way to the operator",
    "verification.planned": "looked at when due",
    "verification.seen_once": "looked at again when due",
    "verification.unknown": "looked at again when due",
    "hashbank.added": "matched from now on",
    "hashbank.withdrawn": "matched no more",
    "accounts.operator_registered": "reachable from now on",
    "accounts.block_delegated": "we may block for now in its name",
    "accounts.block_delegation_ended": "we may block no more in its name",
    "accounts.upload_check_declared": "it asks before it publishes",
    "accounts.official_seated": "may act from that day",
    "accounts.sign_in_issued": "waits to be used",
    "accounts.sign_in_used": "used up",
}


@app.task(name=jobs.NEXT_STEP, queue="flow", priority=10, retry=jobs.AFTER_A_FAULT)
def next_step(event_id: int) -> None:
    """Take the step that follows from one event. Taken twice, it happens once."""
    event = get_event(event_id)
    step = FOLLOWS.get(event.name)
    if step is None:
        return
    try:
        with transaction.atomic():
            Step.objects.create(event_id=event_id, step=step.__name__, taken_at=clock.now())
            step(event)
    except IntegrityError:
        # Only the row of the step itself may be there already; any other clash is a fault and comes back as one.
        if not Step.objects.filter(event_id=event_id, step=step.__name__).exists():
            raise
