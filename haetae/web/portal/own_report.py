"""Somebody says what they did themselves. The page says what it is and is not, and promises nothing."""

from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.investigation.self_reports.actions import CannotSelfReportError, make
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.agencies.investigation.self_reports.states import Age
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.common.keys import KeysUnavailableError
from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.limits.asking import too_often, wait_for, wait_for_source
from haetae.web.own_reports import form_shown, told_in
from haetae.web.sent import uuid_in
from haetae.web.words.self_reports import AGES_OF_WRITER, leniency_words, not_taken_words
from haetae.web.words.times import moment

_AWAY: Final = (OperationalError, InterfaceError, KeysUnavailableError)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def own_report(request: HttpRequest) -> HttpResponse:
    """The form; sent, it answers with a number to keep. Sent again it is the same report and the same number."""
    if request.method != "POST":
        return _form(request)
    wait_s = max(wait_for("statements"), wait_for_source(request, "statements_of_source"))
    if wait_s:
        words = _(
            "Very much is being sent just now. Nothing was saved; what you typed is still here."
            " Try again in a few minutes."
        )
        return too_often(_form(request, problem=words), wait_s)
    try:
        made = make(told=told_in(request), form_key=uuid_in(request, "form_key") or new_id())
    except CannotSelfReportError as problem:
        return _form(request, problem=not_taken_words(str(problem)), status=422)
    except _AWAY:
        problem_words = _(
            "We could not save it just now. Nothing was sent; what you typed is still here. Try again in a minute."
        )
        answer = _form(request, problem=problem_words, status=503)
        answer["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return _number(request, made)


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = form_shown(request, problem=problem) | {"ages": list(AGES_OF_WRITER.items())}
    return render(request, "portal/own_report.html", shown, status=status)


def _number(request: HttpRequest, made: SelfReport) -> HttpResponse:
    shown = {
        "receipt": made.receipt,
        "made": moment(made.made_at, now=clock.now()).exact,
        "is_young": made.age in {Age.UNDER_14, Age.UNDER_19},
        "leniency": leniency_words()[0],
    }
    return render(request, "portal/own_report_sent.html", shown)
