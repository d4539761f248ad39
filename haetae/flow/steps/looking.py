"""From an operator's word to what our own eyes make of it."""

from uuid import UUID

from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.assessment import actions as assessment
from haetae.flow.remedies import actions as remedies
from haetae.flow.remedies.queries import may_only_be_hidden
from haetae.flow.remedies.states import Ended
from haetae.flow.removal import actions as removal
from haetae.flow.removal import queries as requests
from haetae.flow.removal.states import State as Request
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.block import actions as block
from haetae.flow.steps.enforcing import ask_people_about_orders, look_at_orders
from haetae.flow.steps.reviewing import show_what_was_kept
from haetae.flow.steps.telling import tell_who_waits
from haetae.flow.verification import actions as verification
from haetae.flow.verification import queries as probes
from haetae.flow.verification.states import Purpose
from haetae.operators.appeals import queries as appeals

_LANES = 2  # a place that keeps us waiting holds up so many looks at its operator, and nobody else's


def look_for_ourselves(event: Event) -> None:
    """The operator says it is removed: probes are planned, the first one now."""
    verification.plan_probes(request_id=event.subject_id)


def look(probe_id: UUID) -> None:
    """The moment for a look has come."""
    sighting = probes.get_probe(probe_id).request.sighting
    lane = f"look:{sighting.operator_id}:{sighting.pk.int % _LANES}"
    jobs.defer("haetae.verification.look", one_at_a_time=lane, probe_id=str(probe_id))


def look_closer(event: Event) -> None:
    """Another picture answers where one was proven gone, or may stay: that one is examined, once."""
    request = probes.get_probe(event.subject_id).request
    ask_people_about_orders(request.pk)
    if event.facts.get("media") != "another_picture":
        return
    if request.state in {Request.VERIFIED, Request.NOT_HARMFUL}:
        assessment.examine_another(sighting_id=request.sighting_id, before=request.assessment_id)


def believe_our_eyes(event: Event) -> None:
    """A probe has seen twice that it is gone, or live: whoever waits for that learns of it."""
    probe = probes.get_probe(event.subject_id)
    gone = event.name == "verification.gone"
    sighting_id = probe.request.sighting_id
    if probe.purpose == Purpose.REMOVAL:
        hidden = reviews.may_be_hidden(sighting_id) or may_only_be_hidden(sighting_id)
        removal.probe_saw(request_id=probe.request_id, gone=gone, hidden=hidden)
        if not gone:
            remedies.seen_live(sighting_id=sighting_id)
    elif probe.purpose == Purpose.BLOCK:
        block.block_seen(sighting_id=sighting_id, hidden=gone)
        removal.block_probe_saw(request_id=probe.request_id, hidden=gone)
    else:
        block.restore_seen(sighting_id=sighting_id, back=not gone)
    look_at_orders(probe.request_id)


def end_what_waited(event: Event) -> None:
    """It is gone: the block has nothing left to hide, the review nothing to decide, and who waits for it is told."""
    request = requests.get_request(event.subject_id)
    for earlier in requests.of_sighting(request.sighting_id):
        verification.stop_looking(request_id=earlier.pk, purpose=Purpose.BLOCK)
    block.end(sighting_id=request.sighting_id)
    wanted_back = appeals.reviews_that_decide(request.sighting_id)
    review.end_as_moot(sighting_id=request.sighting_id, but=wanted_back)
    remedies.withdraw(sighting_id=request.sighting_id, because=Ended.GONE)
    show_what_was_kept(request.assessment)
    tell_who_waits(request.sighting_id)
