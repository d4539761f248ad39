"""What an operator owes or has owed: read, received and contested by its administrator."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.sanctions import actions, queries, rules
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.states import PAYABLE, TOLD, Served, State
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may, official_of
from haetae.web.sanctions import SanctionLine, article_words, line, lines
from haetae.web.words.clocks import at_the_desk
from haetae.web.words.sanctions import problem_words, won
from haetae.web.words.worksheets import SheetWords, sheet_words

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


def sanctions_of(request: HttpRequest, operator: Operator) -> Mapping[str, Sequence[SanctionLine]]:
    """For the page of orders, too: what was decided about this operator, where whoever reads may know it."""
    known = may(request, Permission.ORDER_ANSWER)
    return {"sanctions": lines(queries.at_operator(operator.pk)) if known else []}


@needs(Permission.ORDER_ANSWER)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    return render(
        request, "operator/sanctions.html", {"part": sanctions_of(request, operator_of_request(request))}
    )


@needs(Permission.ORDER_ANSWER)
@require_safe
def one(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """The sum, until when it is paid and contested, and the form to contest it; once it is served, its worksheet."""
    return _page(request, _found(request, sanction_id))


@needs(Permission.ORDER_ANSWER)
@require_http_methods(_GET_TOO)
def receive(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """The operator says that it has the decision: it is served today."""
    found = _found(request, sanction_id)
    if request.method == "POST":
        today = clock.now().astimezone(load_pack(settings.JURISDICTION).zone).date()
        actor = official_actor(official_of(request).pk)
        try:
            actions.notify(sanction_id=sanction_id, served_on=today, served_by=Served.DESK, actor=actor)
        except CannotSanctionError as refused:
            return _refused(request, found, move="receive", code=refused.code)
    return redirect("operator:sanction", sanction_id)


@needs(Permission.ORDER_ANSWER)
@require_http_methods(_GET_TOO)
def contest(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """Sent twice it is contested once; what was written is not lost when it comes too late."""
    found = _found(request, sanction_id)
    if request.method == "POST":
        text = request.POST.get("text", "")
        actor = official_actor(official_of(request).pk)
        try:
            contesting.contest(sanction_id=sanction_id, text=text, received_at=clock.now(), actor=actor)
        except CannotSanctionError as refused:
            return _refused(request, found, move="contest", code=refused.code, text=text)
    return redirect("operator:sanction", sanction_id)


def _found(request: HttpRequest, sanction_id: UUID) -> Sanction:
    """Another's is not there, and the try is kept."""
    own = operator_of_request(request)
    try:
        return queries.for_operator(sanction_id, operator_id=own.pk)
    except Sanction.DoesNotExist as missing:
        other = Sanction.objects.filter(pk=sanction_id).exclude(operator_id=own.pk).first()
        if other is not None:
            actor = official_actor(official_of(request).pk)
            actions.refused(subject=other, move="read", code="not_yours", actor=actor)
        raise Http404 from missing


def _refused(request: HttpRequest, found: Sanction, *, move: str, code: str, text: str = "") -> HttpResponse:
    actor = official_actor(official_of(request).pk)
    actions.refused(subject=found, move=move, code=code, actor=actor)
    return _page(request, found, problem=code, text=text, status=422 if code == "text_length" else 409)


def _sheets(found: Sanction) -> Sequence[SheetWords]:
    return [sheet_words(queries.worksheet_of(row)) for row in queries.sheets_of(found.pk)]


def _page(
    request: HttpRequest, found: Sanction, *, problem: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    own: Operator = operator_of_request(request)
    state, now, balance = State(found.state), clock.now(), queries.balance_of(found)
    why_not = rules.why_not_contest(
        state, contested_at=found.contested_at, received_at=now, contest_by=found.contest_by, now=now
    )
    shown: dict[str, Any] = {
        "sanction": found,
        "line": line(found, now=now),
        "article": article_words(found.article),
        "is_served": state in TOLD,
        "sheets": _sheets(found) if state in TOLD else [],
        "pay_by": at_the_desk(found.pay_by, zone=own.zone) if found.pay_by and state in PAYABLE else "",
        "contest_by": at_the_desk(found.contest_by, zone=own.zone) if found.contest_by else "",
        "contested_at": at_the_desk(found.contested_at, zone=own.zone) if found.contested_at else "",
        "rest": won(balance) if balance > 0 and state in PAYABLE else "",
        "back": won(-balance) if balance < 0 else "",
        "may_receive": state is State.DECIDED,
        "may_contest": state in TOLD and why_not is None,
        "why_not": problem_words(why_not) if state in TOLD and why_not and not found.contest else "",
        "text": text,
        "shortest": rules.SHORTEST,
        "longest": rules.LONGEST,
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "operator/sanction.html", shown, status=status)
