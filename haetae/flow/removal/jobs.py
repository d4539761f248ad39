"""Speaking with the operator."""

from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.audit.actor import Actor
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    Connector,
    ConnectorError,
    DeletionOrder,
    Locator,
    NoChannelError,
    RefusedLinkError,
)
from haetae.flow.removal import actions, queries, rules
from haetae.flow.removal.models import Attempt, DeletionRequest
from haetae.flow.removal.states import State

_MEANING = {
    AnswerKind.RECEIVED: State.SENT,
    AnswerKind.REMOVED: State.CLAIMED,
    AnswerKind.REFUSED: State.REFUSED,
    AnswerKind.UNSURE: State.UNSURE,
}


@app.task(name="haetae.removal.send", retry=AFTER_A_FAULT)
def send(request_id: str) -> None:
    """Hand the request over. A killed sender leaves an attempt without an end, and the next one asks first."""
    attempt = actions.begin_attempt(request_id=UUID(request_id))
    if attempt is None:
        return
    request = queries.get_request(attempt.request_id)
    connector = connector_for(request.sighting.operator)
    try:
        answer = _ask(connector, request, attempt)
    except (NoChannelError, RefusedLinkError) as failure:
        actions.cannot_be_delivered(attempt_id=attempt.pk, code=failure.code)
    except ConnectorError as failure:
        actions.attempt_failed(
            attempt_id=attempt.pk,
            code=failure.code,
            may_have_arrived=failure.sent,
            retry_after_s=failure.retry_after_s,
        )
    else:
        _take(request, answer, attempt_id=attempt.pk)


@app.task(name="haetae.removal.ask_status", retry=AFTER_A_FAULT)
def ask_status(request_id: str) -> None:
    """Ask what became of a request that the operator has received."""
    request = queries.get_request(UUID(request_id))
    if not rules.is_still_deciding(State(request.state)):
        return
    connector = connector_for(request.sighting.operator)
    answer = None
    with suppress(ConnectorError):
        # An operator that has lost the request gets it again, under the same key.
        answer = connector.answer_to(request.key) or connector.ask_to_delete(order_for(request))
    if answer is None or not _take(request, answer):
        actions.ask_status_again(request_id=request.pk)


def _ask(connector: Connector, request: DeletionRequest, attempt: Attempt) -> Answer:
    if queries.may_have_been_asked(request.pk, before_attempt=attempt.number):
        known = connector.answer_to(request.key)
        if known is not None:
            return known
    return connector.ask_to_delete(order_for(request))


def order_for(request: DeletionRequest) -> DeletionOrder:
    """What the operator gets: hashes and addresses, never a picture, never a person."""
    sighting = request.sighting
    return DeletionOrder(
        key=request.key,
        locator=Locator(page_url=sighting.page_url, media_url=sighting.media_url),
        fingerprints=request.assessment.fingerprints,
        legal_basis=request.legal_basis,
        notice={"kind": "intimate_image_abuse", "requested_at": request.requested_at.isoformat()},
    )


def _take(request: DeletionRequest, answer: Answer, *, attempt_id: int | None = None) -> bool:
    operator = request.sighting.operator
    return actions.operator_answered(
        request_id=request.pk,
        answer=_MEANING[answer.kind],
        reference=answer.reference,
        reason=answer.reason,
        attempt_id=attempt_id,
        actor=Actor(kind="operator", id=str(operator.pk) if operator else ""),
    )
