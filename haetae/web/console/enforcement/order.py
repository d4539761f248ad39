"""One order: what it says, what has become of each request in it, who was heard, and what may be done now."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.orders import actions, queries, rules
from haetae.agencies.enforcement.orders.actions import CannotOrderError
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.papers.queries import letters_of
from haetae.agencies.enforcement.orders.states import WATCHED, Ground, State, Way
from haetae.common import clock
from haetae.flow.hearings.states import About
from haetae.flow.issued.queries import of_subject
from haetae.flow.steps.enforcing import ask_commission
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.enforcement.findings import findings_of
from haetae.web.console.enforcement.lines import item_line, order_line
from haetae.web.console.enforcement.listed import one_page
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.console.rights import may, official_of
from haetae.web.words.enforcement import WAYS, problem_words
from haetae.web.words.language import in_korean
from haetae.web.words.times import moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order, with the buttons that whoever reads may press now."""
    return _page(request, order_id)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def hear(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The draft stands, and the operator is to be heard."""
    return _done(request, order_id, lambda by: actions.to_prior_opinion(order_id=order_id, official_id=by.pk))


@needs(Permission.ENFORCEMENT_SIGN)
@require_http_methods(_GET_TOO)
def sign(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Another official than the one who drafted it puts it in force."""
    return _done(request, order_id, lambda by: actions.issue_order(order_id=order_id, official_id=by.pk))


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def drop(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Given up before it was signed."""
    return _done(request, order_id, lambda by: actions.drop_order(order_id=order_id, official_id=by.pk))


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def take_out(request: HttpRequest, order_id: UUID, request_id: UUID) -> HttpResponse:
    """One request leaves a draft."""

    def out(by: Official) -> None:
        actions.take_out(order_id=order_id, request_id=request_id, official_id=by.pk)

    return _done(request, order_id, out)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def served(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """It went by letter: the day on which that arrived, as an official writes it down."""

    def by_letter(by: Official) -> None:
        actions.served(
            order_id=order_id,
            way=Way.LETTER,
            at=_arrived(request.POST.get("day", ""), order_id),
            actor=official_actor(by.pk),
        )

    return _done(request, order_id, by_letter)


@needs(Permission.ENFORCEMENT_SIGN)
@require_http_methods(_GET_TOO)
def found(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What an official found where our own eyes cannot tell; a second one has to find the same."""
    said = request.POST.get("complied", "")
    if request.method == "POST" and said not in {"yes", "no"}:
        return _page(request, order_id, problem="order_not_said", status=422)
    return _done(
        request,
        order_id,
        lambda by: actions.confirm(order_id=order_id, complied=said == "yes", official_id=by.pk),
    )


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def commission(request: HttpRequest, operator_id: UUID, request_id: UUID) -> HttpResponse:
    """The commission is asked about a request that nobody has decided; asked twice, it is asked once."""
    if request.method != "POST":
        return redirect("console:enforced", operator_id)
    if not queries.of_this_operator([request_id], operator_id):
        raise Http404
    by = official_of(request)
    try:
        review_id = ask_commission(request_id=request_id, agency="regulator", official_id=by.pk)
    except CannotOrderError as refused:
        actions.refused(operator_id=operator_id, code=refused.code, official_id=by.pk)
        return one_page(request, operator_id, problem=refused.code, status=409)
    return redirect("console:review", review_id)


def _done(request: HttpRequest, order_id: UUID, act: Callable[[Official], object]) -> HttpResponse:
    """Do it, and show the order; a refusal says why, and stands in the record."""
    if request.method == "POST":
        operator_id, by = _found(order_id).operator_id, official_of(request)
        try:
            act(by)
        except CannotOrderError as refused:
            actions.refused(operator_id=operator_id, code=refused.code, official_id=by.pk)
            return _page(request, order_id, problem=refused.code, status=409)
    return redirect("console:order", order_id)


def _arrived(typed: str, order_id: UUID) -> datetime:
    """The end of that day where the law is at home, and not after now: the later reading favours the operator."""
    zone = load_pack(settings.JURISDICTION).zone
    try:
        after = date.fromisoformat(typed) + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=zone) - timedelta(seconds=1)
    except (OverflowError, ValueError):
        raise CannotOrderError("order_no_day") from None
    issued_at = _found(order_id).issued_at
    if issued_at is None or end < issued_at:
        raise CannotOrderError("order_served_when")
    now = clock.now()
    return min(end, now) if end.date() <= now.astimezone(zone).date() else end


def _found(order_id: UUID) -> CorrectiveOrder:
    try:
        return queries.get_order(order_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _page(request: HttpRequest, order_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    row, now = _found(order_id), clock.now()
    state, me = State(row.state), official_of(request)
    items = queries.items_of(row)
    why_not = queries.why_not_sign(row, items, official_id=me.pk)
    korean, english = letters_of(order_id)
    shown: dict[str, Any] = {
        "order": row,
        "line": order_line(row, now=now),
        "paper": korean if in_korean() else english,
        "items": [item_line(item, now=now) for item in items],
        "is_draft": state is State.DRAFT,
        "is_unsigned": state in {State.DRAFT, State.PRIOR_OPINION},
        "is_watched": state in WATCHED,
        "why_not_sign": problem_words(why_not) if why_not else "",
        "may_prepare": may(request, Permission.ENFORCEMENT_PREPARE),
        "may_sign": may(request, Permission.ENFORCEMENT_SIGN),
        "may_ask": rules.may_ask_instead(Ground(row.ground)),
        "hearings": hearing_panel(request, About.ORDER, order_id) if state is not State.DRAFT else None,
        "served": moment(row.served_at, now=now) if row.served_at else None,
        "served_by": WAYS[Way(row.served_by)] if row.served_by else "",
        "issued": moment(row.issued_at, now=now) if row.issued_at else None,
        "documents": of_subject(order_id),
        "findings": findings_of(row, items, me=me, now=now),
        "today": now.astimezone(load_pack(settings.JURISDICTION).zone).date().isoformat(),
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "console/enforcement/order.html", shown, status=status)
