"""A platform asks before it publishes, and is answered while it waits. Nothing is decided here."""

import time
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from haetae.accounts.models import Operator
from haetae.flow.arrival.actions import keep_answer
from haetae.flow.arrival.before_publication import as_told
from haetae.flow.arrival.rules import Question, may_publish, outcome_of
from haetae.flow.arrival.states import Outcome
from haetae.web.access import for_asking_operators
from haetae.web.api import answers, counting
from haetae.web.api.entrance import question_in
from haetae.web.api.looking import BusyError, NoOpenerError, look
from haetae.web.api.rates import Rates
from haetae.web.api.taking import NotTakenError, busy, no_opener, taken
from haetae.web.limits.actions import retry_after
from haetae.web.limits.asking import limit

_uploads: Final = Rates("uploads")


# No browser is at the other end and no cookie counts: the token stands in a header that no other site can fill in.
@csrf_exempt
@for_asking_operators
def upload_check(request: HttpRequest, *, operator: Operator) -> HttpResponse:
    """May these bytes be published? 200 with the answer, 4xx for a bad question, 503 when we cannot tell."""
    began_s = time.perf_counter()
    question = question_in(request, operator=operator)
    if isinstance(question, JsonResponse):
        return answers.unread(question)
    try:
        refusal = _too_often(operator)
    except Error:
        return _unanswered(question, answers.unread(answers.database_away()))
    if refusal is not None:
        return _unanswered(question, refusal)
    try:
        with taken(request, who=operator.pk) as data:
            return _answered(question, data, began_s=began_s)
    except NotTakenError as refused:
        return _unanswered(question, refused.answer) if refused.ours else refused.answer


def _too_often(operator: Operator) -> JsonResponse | None:
    known = limit("uploads")
    wait_s = 0.0 if known is None else _uploads.wait_s(operator.pk, per_minute=known.most, count=1)
    if known is None or not wait_s:
        return None
    words = f"At most {known.most} uploads a minute are checked for one operator. Wait as long as Retry-After says."
    refused = answers.refusal(status=429, code="too_many", message=words)
    refused["Retry-After"] = retry_after(wait_s)
    return answers.unread(refused)


def _answered(question: Question, data: bytes, *, began_s: float) -> JsonResponse:
    try:
        finding = as_told(question, look(data))
        check_id = keep_answer(question=question, finding=finding)
    except BusyError:
        return _unanswered(question, busy())
    except NoOpenerError:
        return _unanswered(question, no_opener())
    except Error:
        return _unanswered(question, answers.database_away())
    counting.count(question.operator_id, outcome_of(finding.verdict))
    return JsonResponse(
        {
            "check": str(check_id),
            "publish": may_publish(finding.verdict),
            "verdict": finding.verdict,
            "reasons": [reason.code for reason in finding.reasons],
            "took_ms": round((time.perf_counter() - began_s) * 1000),
        }
    )


def _unanswered(question: Question, answer: JsonResponse) -> JsonResponse:
    counting.count(question.operator_id, Outcome.UNANSWERED)
    return answer
