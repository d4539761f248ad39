"""Who answers, where a signature says it: checked before a word of the body is understood.

What carries no good signature came from nobody we know, whatever operator it names: it is counted, and no operator's
record can be filled with it.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.queries import in_force
from haetae.common import clock, webhooks
from haetae.operators.answers.actions import note_stranger, refuse_answer
from haetae.operators.answers.rules import Outcome, Way, is_stale
from haetae.web.api import answers
from haetae.web.api.operators import wording
from haetae.web.api.operators.bodies import ANYBODY, BodyRefused, body_of
from haetae.web.api.operators.taking import Sender
from haetae.web.api.rates import Rates
from haetae.web.limits.actions import retry_after

OPERATOR: Final = "haetae-operator"
PER_MINUTE: Final = 300
_THEIRS: Final = (KeyUse.THEY_SIGN_SHARED, KeyUse.THEY_SIGN_PUBLIC)
STALE_PER_MINUTE: Final = 6
rates: Final = Rates("signed")
stale_rates: Final = Rates("stale")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """An answer whose sender is certain."""

    sender: Sender
    body: bytes


def signed_answer(request: HttpRequest) -> Signed | HttpResponse:
    """The answer and its sender, or the refusal."""
    if request.method != "POST":
        return answers.unread(answers.wrong_method(allowed="POST"))
    named = request.headers.get(OPERATOR, "")
    if not named:
        return answers.unread(_from_a_stranger(Outcome.UNSIGNED))
    try:
        body = body_of(request, who=ANYBODY)
        message = webhooks.read(request.headers, body=body)
    except BodyRefused as refused:
        return refused.answer
    except webhooks.UnsignedError:
        return _from_a_stranger(Outcome.UNSIGNED)
    operator = _operator(named)
    if operator is None or not _is_signed_by(operator, message):
        return _from_a_stranger(Outcome.BAD_SIGNATURE)
    if is_stale(signed_at=message.signed_at, now=clock.now()):
        return _stale(operator, message)
    wait_s = rates.wait_s(operator.pk, per_minute=PER_MINUTE, count=1)
    if wait_s:
        return _too_many(wait_s)
    sender = Sender(operator_id=operator.pk, way=Way.WEBHOOK, message_id=message.message_id)
    return Signed(sender=sender, body=body)


def _operator(named: str) -> Operator | None:
    try:
        return Operator.objects.filter(pk=UUID(named)).first()
    except ValueError:
        return None


def _is_signed_by(operator: Operator, message: webhooks.Message) -> bool:
    """Every key in force is tried: while one is changed there are two."""
    theirs = list(in_force(operator.pk, *_THEIRS))
    return webhooks.is_signed(
        message,
        secrets=[key.secret for key in theirs if key.secret],
        public_keys=[key.public_key for key in theirs if key.public_key],
    )


def _stale(operator: Operator, message: webhooks.Message) -> JsonResponse:
    """Its own once, but whoever has seen it can send it again and again: then it is only counted."""
    if stale_rates.wait_s(operator.pk, per_minute=STALE_PER_MINUTE, count=1):
        return _from_a_stranger(Outcome.STALE)
    refuse_answer(
        operator_id=operator.pk, way=Way.WEBHOOK, outcome=Outcome.STALE, message_id=message.message_id
    )
    return wording.told(Outcome.STALE)


def _from_a_stranger(outcome: Outcome) -> JsonResponse:
    note_stranger(way=Way.WEBHOOK, outcome=outcome)
    return wording.told(outcome)


def _too_many(wait_s: float) -> JsonResponse:
    words = f"At most {PER_MINUTE} signed answers a minute. Wait as long as Retry-After says."
    refused = answers.refusal(status=429, code="too_many", message=words)
    refused["Retry-After"] = retry_after(wait_s)
    return refused
