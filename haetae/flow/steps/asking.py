"""From a verdict to an operator that has been asked, and to what its answer leads to."""

from collections.abc import Sequence
from uuid import UUID

from haetae.accounts.queries import operator_at
from haetae.agencies.investigation.deletions import queries as deletions
from haetae.agencies.support.queries import may_be_of_a_minor
from haetae.agencies.support.steering.queries import chosen_basis
from haetae.audit.models import Event
from haetae.common import jobs
from haetae.detect.finding import ReasonCode
from haetae.flow.arrival import actions as arrival
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.models import Assessment
from haetae.flow.by_hand.queries import why_by_hand
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.remedies import actions as remedies
from haetae.flow.remedies.queries import undeliverable_to
from haetae.flow.removal import actions as removal
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.rules import LEGAL_BASIS
from haetae.flow.removal.states import State as Request
from haetae.flow.review.block import actions as block
from haetae.flow.steps.preserving import waits_for_evidence
from haetae.flow.steps.weighing import about_a_minor
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind
from haetae.flow.verification import actions as verification

_LANES = 2  # an operator that keeps us waiting can hold up so many of its own deliveries, and nobody else's
_JOBS = {
    Said.DELETE: "haetae.removal.send",
    Said.BLOCK: "haetae.review.block",
    Said.RESTORE: "haetae.review.restore",
    Said.REMEDY: "haetae.remedies.ask",
    Said.LIFT: "haetae.remedies.lift",
}


def request_deletion(event: Event) -> None:
    """The verdict is to ask: the operator is asked to delete; where people decide since then, they are called."""
    found = assessments.get_assessment(event.subject_id)
    if _why_by_hand(found):
        tasks.open_task(kind=Kind.JUDGE, subject_id=found.pk, sighting_id=found.sighting_id)
        return
    removal.request_deletion(
        sighting_id=found.sighting_id,
        assessment_id=found.pk,
        legal_basis=basis_at(found.sighting_id),
        minor_protected=is_of_a_minor(found),
    )


def is_of_a_minor(found: Assessment) -> bool:
    """Whether somebody says so who reported the place, or the police; or it is known or was decided to be one."""
    return (
        may_be_of_a_minor([found.sighting_id])
        or deletions.may_be_of_a_minor(found.sighting_id)
        or about_a_minor(found)
    )


def people_decide_at(request: DeletionRequest) -> bool:
    """Whether nothing acts by itself at the place of this request: it is marked, or stormed with reports."""
    return bool(_why_by_hand(request.assessment))


def _why_by_hand(found: Assessment) -> Sequence[ReasonCode]:
    urls = [found.sighting.page_url, found.sighting.media_url]
    return why_by_hand(urls, of_a_child=about_a_minor(found))


def basis_at(sighting_id: UUID) -> str:
    """What a request about this place rests on: as the person has chosen, else as the designated body."""
    return chosen_basis(sighting_id) or LEGAL_BASIS


def send_request(event: Event) -> None:
    """A request is handed to the operator."""
    _send(event.subject_id)


def _send(request_id: UUID) -> None:
    request = requests.get_request(request_id)
    said = delivery.open_delivery(
        kind=Said.DELETE,
        subject_id=request.pk,
        sighting_id=request.sighting_id,
        operator=request.sighting.operator,
        key=request.key,
    )
    hand_over(said.pk)


def hand_over(delivery_id: UUID) -> None:
    """The pause is over, or there was none: the operator is spoken with."""
    said = deliveries.get_delivery(delivery_id)
    if waits_for_evidence(said):
        return
    # In turn with what else is said about this place, and in one of a few lanes of its operator.
    lane = f"say:{said.operator_id}:{said.sighting_id.int % _LANES}"
    jobs.defer(_JOBS[Said(said.kind)], one_at_a_time=lane, delivery_id=str(said.pk))


def hand_over_again(event: Event) -> None:
    """A person has it tried anew; whoever runs the place may be known by now."""
    said = deliveries.get_delivery(event.subject_id)
    if said.kind == Said.DELETE:
        _reach(requests.get_request(said.subject_id))
    elif said.kind == Said.REMEDY:
        remedies.reach_again(remedy_id=said.subject_id)
    else:
        hand_over(said.pk)


def send_what_waited(event: Event) -> None:
    """The operator answers again: what was held back goes out."""
    delivery.end_pauses(operator_id=UUID(str(event.facts["operator"])))


def give_up_saying(event: Event) -> None:
    """There is no way to say it, or every try failed: what it was for learns of it."""
    said = deliveries.get_delivery(event.subject_id)
    code = str(event.facts["code"])
    if said.kind == Said.BLOCK:
        block.could_not_block(block_id=said.subject_id, code=code)
    elif said.kind == Said.RESTORE:
        block.could_not_lift(block_id=said.subject_id, code=code)
    elif said.kind == Said.REMEDY:
        remedies.could_not_be_asked(remedy_id=said.subject_id, code=code)
    elif said.kind == Said.LIFT:
        return  # a person has the task, and the remedy says that it is not lifted
    elif event.name in {"delivery.no_channel", "delivery.unfit"}:
        removal.cannot_be_delivered(request_id=said.subject_id, code=code)
    else:
        verification.plan_probes(request_id=said.subject_id)  # it may go without a word, or by another way


def ask_status(request_id: UUID) -> None:
    """The operator has it and has not decided: it is asked what became of it."""
    sighting = requests.get_request(request_id).sighting
    lane = f"say:{sighting.operator_id}:{sighting.pk.int % _LANES}"
    jobs.defer("haetae.removal.ask_status", one_at_a_time=lane, request_id=str(request_id))


def remind(_: UUID) -> None:
    """An acknowledgement is late: the passed row is what the control room shows; the request itself goes on."""


def overdue(request_id: UUID) -> None:
    """Our own target for removal has passed: people take over."""
    removal.mark_overdue(request_id=request_id)


def term_over(request_id: UUID) -> None:
    """The term that a law gives for removal has passed: people take over, and are told that it was the law's."""
    removal.mark_term_over(request_id=request_id)


def hand_to_people(event: Event) -> None:
    """A false claim is overdue at once: people take over."""
    removal.mark_overdue(request_id=event.subject_id)


def ask_again(event: Event) -> None:
    """It is back at the same place: a new request, without anybody's effort; where people decide, they are called."""
    request = requests.get_request(event.subject_id)
    if people_decide_at(request) and not request.ordered:
        tasks.open_task(kind=Kind.JUDGE, subject_id=request.assessment_id, sighting_id=request.sighting_id)
        return
    removal.request_deletion(
        sighting_id=request.sighting_id,
        assessment_id=request.assessment_id,
        legal_basis=request.legal_basis,
    )


def keep_an_eye_on_it(event: Event) -> None:
    """Nobody can be asked: we look all the same, because it may go without a word."""
    verification.plan_probes(request_id=event.subject_id)


def reach_them_now(event: Event) -> None:
    """There is a way to this operator now: what could not be delivered is asked."""
    for remedy in undeliverable_to(event.subject_id):
        remedies.reach_again(remedy_id=remedy.pk)
    for said in deliveries.without_a_channel():
        request = requests.get_request(said.subject_id)
        operator = request.sighting.operator or operator_at(request.sighting.page_url)
        if operator is not None and operator.pk == event.subject_id:
            _reach(request)


def _reach(request: DeletionRequest) -> None:
    """Ask whoever runs the place now, also when the time was up meanwhile."""
    operator = request.sighting.operator or operator_at(request.sighting.page_url)
    if operator is not None:
        arrival.adopt(sighting_id=request.sighting_id, operator=operator)
    if request.state == Request.UNDELIVERABLE:
        removal.reach_again(request_id=request.pk)
    else:
        _send(request.pk)
