"""Speaking with the operator about a request to delete."""

from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.audit.actor import Actor
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import Answer, AnswerKind, Capability, ConnectorError, DeletionOrder, Locator
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.handing_over import hand_over
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.delivery.writing import Matter, document_for, ground_of
from haetae.flow.removal import actions, queries, rules
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import Ordered, State
from haetae.notice.checking import UnfitNoticeError
from haetae.notice.document import Asked, Decision, Manipulated, Place

_MEANING = {
    AnswerKind.RECEIVED: State.SENT,
    AnswerKind.REMOVED: State.CLAIMED,
    AnswerKind.REFUSED: State.REFUSED,
    AnswerKind.UNSURE: State.UNSURE,
    AnswerKind.BLOCKED: State.ACCESS_BLOCKED,
}


@app.task(name="haetae.removal.send", queue="send", priority=4, retry=AFTER_A_FAULT)
def send(delivery_id: str) -> None:
    """Hand a request over; where an earlier attempt may have arrived, ask first what became of it."""
    delivery = deliveries.get_delivery(UUID(delivery_id))
    request = queries.get_request(delivery.subject_id)

    def talk(attempt: Attempt) -> Answer:
        connector = connector_for(request.sighting.operator)
        known = connector.answer_to(request.key) if deliveries.may_have_arrived(attempt) else None
        return known or connector.ask_to_delete(order_for(request, delivery))

    def take(attempt: Attempt, answer: Answer) -> None:
        _take(request, answer, attempt_id=attempt.pk)

    hand_over(UUID(delivery_id), talk=talk, take=take)


@app.task(name="haetae.removal.ask_status", queue="send", retry=AFTER_A_FAULT)
def ask_status(request_id: str) -> None:
    """Ask what became of a request that the operator has received."""
    request = queries.get_request(UUID(request_id))
    if not rules.is_still_deciding(State(request.state)):
        return
    connector = connector_for(request.sighting.operator)
    answer, delivery = None, deliveries.delivery_of(request.pk, Said.DELETE)
    if (
        delivery is not None and Capability.STATUS in connector.capabilities
    ):  # otherwise its answer comes in by itself
        with suppress(ConnectorError, UnfitNoticeError):
            # An operator that has lost the request gets it again, under the same key.
            answer = connector.answer_to(request.key) or connector.ask_to_delete(order_for(request, delivery))
    if answer is None or not _take(request, answer):
        actions.ask_status_again(request_id=request.pk)


def order_for(request: DeletionRequest, delivery: Delivery) -> DeletionOrder:
    """What the operator gets: hashes and addresses, never a picture, never a person. Raises UnfitNoticeError."""
    sighting = request.sighting
    return DeletionOrder(
        key=request.key,
        locator=Locator(page_url=sighting.page_url, media_url=sighting.media_url),
        fingerprints=request.assessment.fingerprints,
        legal_basis=request.legal_basis,
        notice=document_for(delivery, matter_of(request)),
    )


def matter_of(request: DeletionRequest) -> Matter:
    """What a request to delete, or the decision that it carries, has to say."""
    sighting, decision = request.sighting, None
    if request.ordered and request.review_id is not None:
        decision = Decision(review=request.review_id, ordered=request.ordered)
    return Matter(
        asked=Asked.BLOCK_ACCESS if request.ordered == Ordered.BLOCK_ACCESS else Asked.DELETE,
        ground=ground_of(request.assessment.signals, is_decided=decision is not None),
        place=Place(page=sighting.page_url, media=sighting.media_url),
        kept=request.assessment.fingerprints,
        legal_basis=request.legal_basis,
        asked_at=request.requested_at,
        minor_protected=request.minor_protected,
        # A score is a lead: as long as nobody has decided it, nobody is told that it was forged.
        manipulated=Manipulated.YES if request.found_manipulated else Manipulated.UNKNOWN,
        decision=decision,
        due_of=request.pk,
    )


def _take(request: DeletionRequest, answer: Answer, *, attempt_id: int | None = None) -> bool:
    operator = request.sighting.operator
    return actions.operator_answered(
        request_id=request.pk,
        answer=_MEANING[answer.kind],
        facts={"reference": answer.reference, "reason": answer.reason},
        blocked=answer.blocked,
        handed_in=answer.handed_in,
        attempt_id=attempt_id,
        actor=Actor(kind="operator", id=str(operator.pk) if operator else ""),
    )
