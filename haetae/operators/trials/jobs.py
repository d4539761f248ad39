"""Speaking with the operator's system for the exercise alone."""

import json
from dataclasses import asdict
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.audit.actor import Actor
from haetae.common.jobs import AFTER_A_FAULT
from haetae.common.keys import KeysUnavailableError, MissingKeyError
from haetae.connectors import connector_for
from haetae.connectors.base import AnswerKind, Capability, ConnectorError, DeletionOrder, Locator
from haetae.flow.delivery.rules import NOT_FETCHED
from haetae.flow.removal.rules import LEGAL_BASIS
from haetae.operators.trials import actions, queries
from haetae.operators.trials.models import Trial
from haetae.operators.trials.states import State

_ON_THE_MESSAGE = "reply"  # the way of an answer that came back at once


@app.task(name="haetae.trials.send", queue="send", retry=AFTER_A_FAULT)
def send(trial_id: str) -> None:
    """Hand it over once. A way that carries no exercises is left alone: it lies at our doors all the same."""
    trial = queries.get_trial(UUID(trial_id))
    if State(trial.state) is not State.WAITING:
        return
    try:
        connector = connector_for(trial.operator)
        if Capability.TRIAL not in connector.capabilities:
            return
        answer = connector.ask_to_delete(_order(trial))
    except ConnectorError as failure:
        if failure.code != NOT_FETCHED:
            actions.not_handed_over(trial_id=trial.pk, code=failure.code)
        return
    except (MissingKeyError, KeysUnavailableError):
        actions.not_handed_over(trial_id=trial.pk, code="no_key")
        return
    actions.handed_over(trial_id=trial.pk)
    if answer.kind is not AnswerKind.RECEIVED:
        actor = Actor(kind="operator", id=str(trial.operator_id))
        reason = answer.reason[:16]
        actions.answer_trial(
            trial_id=trial.pk, word=answer.kind, reason=reason, way=_ON_THE_MESSAGE, actor=actor
        )


@app.task(name="haetae.trials.test", queue="send", retry=AFTER_A_FAULT)
def test(test_id: str) -> None:
    """Try the way and keep what came of it."""
    asked = queries.get_test(UUID(test_id))
    checks = [asdict(check) for check in connector_for(asked.operator).self_test()]
    actions.test_ended(test_id=asked.pk, checks=checks)


def _order(trial: Trial) -> DeletionOrder:
    notice = json.loads(trial.notice_text)
    return DeletionOrder(
        key=trial.key,
        locator=Locator(page_url=notice["locator"]["page"], media_url=notice["locator"]["media"]),
        fingerprints=notice["fingerprints"],
        legal_basis=LEGAL_BASIS,
        notice=notice,
        trial=True,
    )
