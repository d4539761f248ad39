"""The one page behind the link of a mail: what is asked, and the answer in one click, without an account.

Opening it changes nothing, so that a mail server which follows links answers nothing. Each link brings one answer; what
may still be said after it goes by the link of the page that follows.
"""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Operator
from haetae.common import clock
from haetae.common.answer_links import AnswerLink, NotOurLinkError, read_token
from haetae.flow.overview.desk.one import row_of
from haetae.flow.remedies.queries import remedy_named
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.answers.actions import note_stranger, refuse_answer, take_answer
from haetae.operators.answers.queries import was_taken
from haetae.operators.answers.rules import WORKED, Outcome, Way
from haetae.operators.outbox.queries import request_behind
from haetae.web.access import public
from haetae.web.operator.answering import said_in
from haetae.web.operator.desk.between import line_between, said_between
from haetae.web.operator.desk.lines import DeskLine, line
from haetae.web.operator.desk.said import Said, said_of
from haetae.web.words.answers import outcome_words

_STATUS: Final = {Outcome.LINK_OVER: 410, Outcome.MALFORMED: 422, Outcome.REASON_MISSING: 422}


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What a link leads to: one thing that is asked of one operator."""

    link: AnswerLink
    operator: Operator
    subject_id: UUID
    line: DeskLine
    said: Said


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, or take the answer."""
    try:
        behind = _behind(read_token(token))
    except (NotOurLinkError, Operator.DoesNotExist, DeletionRequest.DoesNotExist):
        if request.method == "POST":
            note_stranger(way=Way.MAIL_LINK, outcome=Outcome.BAD_SIGNATURE)
        return render(request, "operator/mail_link.html", {"broken": True}, status=404)
    if clock.now() > behind.link.over_at:
        return _refused(request, behind, outcome=Outcome.LINK_OVER)
    if request.method == "POST":
        return _taken(request, behind)
    used = was_taken(behind.operator.pk, Way.MAIL_LINK, behind.link.message_id)
    return _page(
        request, behind, problem=outcome_words(Outcome.LINK_USED) if used else "", may_answer=not used
    )


def _behind(link: AnswerLink) -> Behind:
    """Raises Operator.DoesNotExist, and DeletionRequest.DoesNotExist where it is none of the operator's."""
    operator = Operator.objects.get(pk=link.operator_id)
    asked = DeletionRequest.objects.filter(key=link.request_id).values_list("pk", flat=True).first()
    subject_id = asked or request_behind(link.request_id)
    remedy = remedy_named(subject_id)
    if remedy is None:
        row = row_of(operator.pk, subject_id)
        shown = line(row, zone=operator.zone, now=clock.now())
        return Behind(
            link=link, operator=operator, subject_id=subject_id, line=shown, said=said_of(row, shown)
        )
    if remedy.intermediary_id != operator.pk:
        raise DeletionRequest.DoesNotExist
    shown = line_between(remedy)
    said = said_between(remedy, shown)
    return Behind(link=link, operator=operator, subject_id=remedy.pk, line=shown, said=said)


def _taken(request: HttpRequest, behind: Behind) -> HttpResponse:
    said = said_in(request)
    if said is None:
        return _refused(request, behind, outcome=Outcome.MALFORMED)
    outcome = take_answer(
        operator_id=behind.operator.pk,
        request_id=behind.subject_id,
        said=said,
        way=Way.MAIL_LINK,
        message_id=behind.link.message_id,
    )
    if outcome in WORKED:
        following = replace(behind.link, number=behind.link.number + 1)
        return redirect(reverse("operator:answer_by_link", args=[following.token()]))
    used = outcome is Outcome.REPLAYED
    problem = outcome_words(Outcome.LINK_USED if used else outcome)
    return _page(request, behind, problem=problem, may_answer=not used, status=409)


def _refused(request: HttpRequest, behind: Behind, *, outcome: Outcome) -> HttpResponse:
    """What was sent by a link that is over, or says nothing, is recorded; that somebody only looked is not."""
    if request.method == "POST":
        refuse_answer(
            operator_id=behind.operator.pk,
            way=Way.MAIL_LINK,
            outcome=outcome,
            request_id=behind.subject_id,
            message_id=behind.link.message_id,
        )
    may_answer = outcome is not Outcome.LINK_OVER
    return _page(
        request, behind, problem=outcome_words(outcome), may_answer=may_answer, status=_STATUS[outcome]
    )


def _page(
    request: HttpRequest, behind: Behind, *, problem: str, may_answer: bool, status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = {
        "line": behind.line,
        "said": behind.said,
        "operator": behind.operator,
        "problem": problem,
        "may_answer": may_answer,
        "action": request.path,
    }
    return render(request, "operator/mail_link.html", shown, status=status)
