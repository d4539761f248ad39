"""A platform asks before it publishes, and is answered while it waits. Nothing is decided here."""

import time

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from haetae.accounts.models import Operator
from haetae.flow.arrival.actions import keep_answer
from haetae.flow.arrival.rules import Question, may_publish, outcome_of
from haetae.flow.arrival.states import Outcome
from haetae.web.access import for_asking_operators
from haetae.web.api import answers, counting
from haetae.web.api.entrance import question_in
from haetae.web.api.looking import BusyError, NoOpenerError, look
from haetae.web.api.taking import NotTakenError, busy, no_opener, taken


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
        with taken(request, who=operator.pk) as data:
            return _answered(question, data, began_s=began_s)
    except NotTakenError as refused:
        return _unanswered(question, refused.answer) if refused.ours else refused.answer


def _answered(question: Question, data: bytes, *, began_s: float) -> JsonResponse:
    try:
        finding = look(data)
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
