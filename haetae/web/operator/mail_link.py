"""The one page behind the link of a mail: what is asked, and the answer in one click, without an account.

Opening it changes nothing, so that a mail server which follows links answers nothing. Each link brings one answer; what
may still be said after it goes by the link of the page that follows.
"""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Operator
from haetae.common import clock
from haetae.common.answer_links import AnswerLink, NotOurLinkError, read_token
from haetae.flow.overview.desk.one import row_by_key
from haetae.flow.overview.desk.rows import DeskRow
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.answers.actions import note_stranger, refuse_answer, take_answer
from haetae.operators.answers.queries import was_taken
from haetae.operators.answers.rules import WORKED, Outcome, Said, Way
from haetae.web.access import public
from haetae.web.operator.answering import said_in
from haetae.web.operator.desk.lines import line
from haetae.web.operator.desk.said import said_of
from haetae.web.words.answers import outcome_words

_STATUS: Final = {Outcome.LINK_OVER: 410, Outcome.MALFORMED: 422, Outcome.REASON_MISSING: 422}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, or take the answer."""
    try:
        link = read_token(token)
        operator = Operator.objects.get(pk=link.operator_id)
        row = row_by_key(operator.pk, link.request_id)
    except (NotOurLinkError, Operator.DoesNotExist, DeletionRequest.DoesNotExist):
        if request.method == "POST":
            note_stranger(way=Way.MAIL_LINK, outcome=Outcome.BAD_SIGNATURE)
        return render(request, "operator/mail_link.html", {"broken": True}, status=404)
    if clock.now() > link.over_at:
        return _refused(request, link, row, operator, outcome=Outcome.LINK_OVER)
    if request.method == "POST":
        return _taken(request, link, row, operator)
    used = was_taken(operator.pk, Way.MAIL_LINK, link.message_id)
    return _page(request, row, operator, problem=outcome_words(Outcome.LINK_USED) if used else "")


def _taken(request: HttpRequest, link: AnswerLink, row: DeskRow, operator: Operator) -> HttpResponse:
    said: Said | None = said_in(request)
    if said is None:
        return _refused(request, link, row, operator, outcome=Outcome.MALFORMED)
    outcome = take_answer(
        operator_id=operator.pk,
        request_id=row.request.pk,
        said=said,
        way=Way.MAIL_LINK,
        message_id=link.message_id,
    )
    if outcome in WORKED:
        following = replace(link, number=link.number + 1)
        return redirect(reverse("operator:answer_by_link", args=[following.token()]))
    shown = Outcome.LINK_USED if outcome is Outcome.REPLAYED else outcome
    return _page(
        request, row, operator, problem=outcome_words(shown), used=shown is Outcome.LINK_USED, status=409
    )


def _refused(
    request: HttpRequest, link: AnswerLink, row: DeskRow, operator: Operator, *, outcome: Outcome
) -> HttpResponse:
    """What was sent by a link that is over, or says nothing, is recorded; that somebody only looked is not."""
    if request.method == "POST":
        refuse_answer(
            operator_id=operator.pk,
            way=Way.MAIL_LINK,
            outcome=outcome,
            request_id=row.request.pk,
            message_id=link.message_id,
        )
    over = outcome is Outcome.LINK_OVER
    return _page(request, row, operator, problem=outcome_words(outcome), used=over, status=_STATUS[outcome])


def _page(
    request: HttpRequest,
    row: DeskRow,
    operator: Operator,
    *,
    problem: str = "",
    used: bool | None = None,
    status: int = 200,
) -> HttpResponse:
    shown_line = line(row, zone=operator.zone, now=clock.now())
    shown: dict[str, Any] = {
        "line": shown_line,
        "said": said_of(row, shown_line),
        "operator": operator,
        "problem": problem,
        "may_answer": not (bool(problem) if used is None else used),
        "action": request.path,
    }
    return render(request, "operator/mail_link.html", shown, status=status)
