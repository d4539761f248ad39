"""A platform asks before it publishes, and is answered while it waits. Nothing is decided here."""

import time
from functools import partial
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from haetae.accounts.models import Operator
from haetae.flow.arrival.actions import keep_answer
from haetae.flow.arrival.rules import Question, may_publish, outcome_of
from haetae.flow.arrival.states import Outcome
from haetae.web.access import for_asking_operators
from haetae.web.api import answers, counting
from haetae.web.api.body import BrokenBodyError, SlowBodyError, read_within
from haetae.web.api.entrance import question_in
from haetae.web.api.looking import BusyError, NoOpenerError, look
from haetae.web.api.places import Places

BODY_WITHIN_S: Final = 5.0
# Fewer than the threads of the web server, so that pages are answered whatever platforms do.
places: Final = Places(most=6, most_each=4)


# No browser is at the other end and no cookie counts: the token stands in a header that no other site can fill in.
@csrf_exempt
@for_asking_operators
def upload_check(request: HttpRequest, *, operator: Operator) -> HttpResponse:
    """May these bytes be published? 200 with the answer, 4xx for a bad question, 503 when we cannot tell."""
    began_s = time.perf_counter()
    question = question_in(request, operator=operator)
    if isinstance(question, JsonResponse):
        return answers.unread(question)
    if not places.enter(operator.pk):
        return answers.unread(_unanswered(question, _busy()))
    leave = partial(places.leave, operator.pk)
    length = int(request.META["CONTENT_LENGTH"])
    try:
        data = read_within(request, length=length, seconds=BODY_WITHIN_S, when_left_behind_ends=leave)
    except SlowBodyError:
        return answers.unread(_slow_body())
    except BrokenBodyError:
        leave()
        return answers.unread(_broken_body())
    try:
        return _answered(question, data, began_s=began_s)
    finally:
        leave()


def _answered(question: Question, data: bytes, *, began_s: float) -> JsonResponse:
    try:
        finding = look(data)
        check_id = keep_answer(question=question, finding=finding)
    except BusyError:
        return _unanswered(question, _busy())
    except NoOpenerError:
        return _unanswered(question, _no_opener())
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


def _busy() -> JsonResponse:
    return answers.unanswered(
        code="busy", message="Too many uploads are being checked now. Ask again shortly."
    )


def _no_opener() -> JsonResponse:
    return answers.unanswered(
        code="no_opener", message="The check cannot be made now: no opener of pictures could be started."
    )


def _slow_body() -> JsonResponse:
    words = f"The body did not arrive within {BODY_WITHIN_S:.0f} seconds. Send it again, faster."
    return answers.refusal(status=408, code="body_slow", field="body", message=words)


def _broken_body() -> JsonResponse:
    words = "The body ended before its announced length. Send it again."
    return answers.refusal(status=400, code="body_incomplete", field="body", message=words)
