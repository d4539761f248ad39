"""From the bytes of an answer to what became of it, whatever door they came through. It is recorded there."""

import json
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from haetae.audit.actor import Actor
from haetae.operators.answers.actions import refuse_answer, take_answer
from haetae.operators.answers.rules import Outcome, Reason, Said, Way, Word, why_malformed
from haetae.operators.outbox.queries import request_behind
from haetae.operators.trials import actions as trials
from haetae.operators.trials.queries import trial_named

FORM: Final = "answer/1"
LARGEST_BYTES: Final = 16_384


@dataclass(frozen=True, kw_only=True)
class Sender:
    """An operator that has shown who it is, by which door, with its own number of the message."""

    operator_id: UUID
    way: Way
    message_id: str = ""


class UnreadableError(Exception):
    """It is no answer; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def take_body(sender: Sender, body: bytes, *, named: UUID | None = None) -> Outcome:
    """`named` is the number in the address; without it the body names what it answers."""
    try:
        fields = _fields_in(body)
        said, number = _said_in(fields), named or _number_in(fields)
    except UnreadableError as unreadable:
        refuse_answer(
            operator_id=sender.operator_id,
            way=sender.way,
            outcome=unreadable.outcome,
            message_id=sender.message_id,
        )
        return unreadable.outcome
    return take(
        operator_id=sender.operator_id,
        named=number,
        said=said,
        way=sender.way,
        message_id=sender.message_id,
    )


def take(*, operator_id: UUID, named: UUID, said: Said, way: Way, message_id: str = "") -> Outcome:
    """An answer to a request or to an exercise. `named` is the number of a notice, or of the request itself."""
    trial = trial_named(operator_id=operator_id, key=named)
    if trial is None:
        return take_answer(
            operator_id=operator_id,
            request_id=request_behind(named),
            said=said,
            way=way,
            message_id=message_id,
        )
    malformed = why_malformed(said)
    if malformed is not None:
        refuse_answer(operator_id=operator_id, way=way, outcome=malformed, message_id=message_id)
        return malformed
    heard = trials.answer_trial(
        trial_id=trial.pk,
        word=said.word,
        reason=said.reason or "",
        way=way,
        message_id=message_id,
        actor=Actor(kind="operator", id=str(operator_id)),
    )
    return Outcome(str(heard))


def _fields_in(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as nonsense:
        raise UnreadableError(Outcome.MALFORMED) from nonsense
    if not isinstance(fields, dict):
        raise UnreadableError(Outcome.MALFORMED)
    if fields.get("schema") != FORM:
        raise UnreadableError(Outcome.UNKNOWN_SCHEMA)
    return fields


def _said_in(fields: dict[str, Any]) -> Said:
    reference, blocked = fields.get("reference", ""), fields.get("blocked", False)
    if not isinstance(reference, str) or not isinstance(blocked, bool):
        raise UnreadableError(Outcome.MALFORMED)
    try:
        word = Word(fields.get("word", ""))
        reason = Reason(fields["reason"]) if fields.get("reason") else None
    except (ValueError, TypeError) as unknown:
        raise UnreadableError(Outcome.MALFORMED) from unknown
    return Said(word=word, reason=reason, reference=reference, blocked=blocked)


def _number_in(fields: dict[str, Any]) -> UUID:
    try:
        return UUID(str(fields.get("request", "")))
    except ValueError as nonsense:
        raise UnreadableError(Outcome.MALFORMED) from nonsense
