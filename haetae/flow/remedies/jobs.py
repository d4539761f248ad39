"""Speaking with intermediaries."""

from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.audit.actor import Actor
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    ConnectorError,
    DeletionOrder,
    Locator,
)
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.handing_over import hand_over
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.delivery.writing import document_for
from haetae.flow.remedies import actions, queries
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.saying import request_of, undoing_of
from haetae.flow.remedies.states import State
from haetae.notice.checking import UnfitNoticeError

_MEANING = {
    AnswerKind.RECEIVED: State.SENT,
    AnswerKind.REMOVED: State.CLAIMED,
    AnswerKind.BLOCKED: State.CLAIMED,
    AnswerKind.REFUSED: State.REFUSED,
    AnswerKind.UNSURE: State.UNSURE,
}


@app.task(name="haetae.remedies.ask", queue="send", priority=3, retry=AFTER_A_FAULT)
def ask(delivery_id: str) -> None:
    """Hand a request over to an intermediary."""
    delivery = deliveries.get_delivery(UUID(delivery_id))
    remedy = queries.get_remedy(delivery.subject_id)
    if State(remedy.state) is not State.WANTED:
        return  # something else became of it meanwhile

    def talk(attempt: Attempt) -> Answer:
        connector = connector_for(remedy.intermediary)
        known = connector.answer_to(delivery.key) if deliveries.may_have_arrived(attempt) else None
        return known or connector.ask_to_delete(_order(remedy, delivery))

    def take(attempt: Attempt, answer: Answer) -> None:
        _take(remedy, answer, attempt_id=attempt.pk)

    hand_over(delivery.pk, talk=talk, take=take)


@app.task(name="haetae.remedies.lift", queue="send", priority=4, retry=AFTER_A_FAULT)
def lift(delivery_id: str) -> None:
    """Have an intermediary undo what it did."""
    delivery = deliveries.get_delivery(UUID(delivery_id))
    remedy = queries.get_remedy(delivery.subject_id)
    if State(remedy.state) is not State.WITHDRAWN:
        return

    def talk(_: Attempt) -> None:
        notice = document_for(delivery, undoing_of(remedy, delivery))
        connector_for(remedy.intermediary).restore(
            BlockOrder(key=delivery.key, locator=_locator(remedy), reference=remedy.reference, notice=notice)
        )

    def take(attempt: Attempt, _: None) -> None:
        actions.lift_answered(remedy_id=remedy.pk, attempt_id=attempt.pk, actor=_actor(remedy))

    hand_over(delivery.pk, talk=talk, take=take)


@app.task(name="haetae.remedies.ask_status", queue="send", retry=AFTER_A_FAULT)
def ask_status(remedy_id: str) -> None:
    """Ask what became of a request that the intermediary has received."""
    remedy = queries.get_remedy(UUID(remedy_id))
    delivery = deliveries.delivery_of(remedy.pk, Said.REMEDY)
    if State(remedy.state) is not State.SENT or delivery is None:
        return
    connector, answer = connector_for(remedy.intermediary), None
    if Capability.STATUS in connector.capabilities:  # otherwise its answer comes in by itself, or never
        with suppress(ConnectorError, UnfitNoticeError):
            answer = connector.answer_to(delivery.key) or connector.ask_to_delete(_order(remedy, delivery))
    if answer is None or not _take(remedy, answer):
        actions.ask_status_again(remedy_id=remedy.pk)


def _order(remedy: Remedy, delivery: Delivery) -> DeletionOrder:
    """What an intermediary gets. Raises UnfitNoticeError."""
    return DeletionOrder(
        key=delivery.key,
        locator=_locator(remedy),
        fingerprints=remedy.request.assessment.fingerprints,
        legal_basis=remedy.request.legal_basis,
        notice=document_for(delivery, request_of(remedy, delivery)),
        reference=remedy.reference,
    )


def _take(remedy: Remedy, answer: Answer, *, attempt_id: int | None = None) -> bool:
    return actions.intermediary_answered(
        remedy_id=remedy.pk,
        answer=_MEANING[answer.kind],
        facts={"reference": answer.reference, "reason": answer.reason},
        attempt_id=attempt_id,
        actor=_actor(remedy),
    )


def _locator(remedy: Remedy) -> Locator:
    return Locator(page_url=remedy.sighting.page_url, media_url=remedy.sighting.media_url)


def _actor(remedy: Remedy) -> Actor:
    return Actor(kind="operator", id=str(remedy.intermediary_id))
