"""Pages of officials about operators that ask to be reached: who they are, what was shown, and two approvals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.operators.onboarding import actions, queries, rules
from haetae.operators.onboarding.actions import CannotJoinError
from haetae.operators.onboarding.models import Application
from haetae.operators.onboarding.states import FOR_OFFICIALS, OPEN, Declined, State
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.sides.which import MAPS, Side
from haetae.web.words import onboarding as words
from haetae.web.words.times import Moment, moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@dataclass(frozen=True, kw_only=True)
class Line:
    """One application in the list."""

    application_id: UUID
    name: str
    origin: str
    kind: str
    state: str
    waits: bool
    applied: Moment


@needs(Permission.OPERATOR_APPROVE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for an official first, then what is yet to be shown, then what came to an end."""
    now = clock.now()
    shown = {
        "lines": [_line(one, now=now) for one in queries.waiting()],
        "ended": [_line(one, now=now) for one in queries.ended()],
    }
    return render(request, "console/applications.html", shown)


@needs(Permission.OPERATOR_APPROVE)
@require_safe
def one(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application, with the buttons that whoever reads may press now."""
    return _page(request, application_id)


@needs(Permission.OPERATOR_APPROVE)
@require_http_methods(_GET_TOO)
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The first or the second of two approvals."""
    if request.method == "POST":
        try:
            _found(application_id)
            actions.approve(application_id=application_id, official_id=official_of(request).pk)
        except CannotJoinError as refused:
            return _page(request, application_id, problem=str(refused), status=409)
    return redirect("console:application", application_id)


@needs(Permission.OPERATOR_APPROVE)
@require_http_methods(_GET_TOO)
def decline(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """No, with a reason that whoever applied reads."""
    if request.method == "POST":
        why = request.POST.get("why", "")
        if why not in set(Declined):
            return _page(request, application_id, problem="reason_missing", status=422)
        try:
            _found(application_id)
            actions.decline(
                application_id=application_id, why=Declined(why), official_id=official_of(request).pk
            )
        except CannotJoinError as refused:
            return _page(request, application_id, problem=str(refused), status=409)
    return redirect("console:application", application_id)


@needs(Permission.OPERATOR_APPROVE)
@require_http_methods(_GET_TOO)
def link(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The first administrator's way in: shown in this answer and never again."""
    if request.method != "POST":
        return redirect("console:application", application_id)
    try:
        _found(application_id)
        secret = actions.link_to_hand_over(application_id=application_id, official_id=official_of(request).pk)
    except CannotJoinError as refused:
        return _page(request, application_id, problem=str(refused), status=409)
    where = reverse("sign_in_once", MAPS[Side.OPERATOR], kwargs={"secret": secret})
    return _page(request, application_id, link=f"{settings.AGENCY.operators_origin}{where}")


@needs(Permission.OPERATOR_APPROVE)
@require_http_methods(_GET_TOO)
def send(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The same by mail, where a mail server is set up."""
    if request.method != "POST":
        return redirect("console:application", application_id)
    found = _found(application_id)
    if settings.MAIL is None or not found.mailbox:
        return _page(request, application_id, problem="no_mail", status=409)
    try:
        actions.want_link_by_mail(application_id=application_id, official_id=official_of(request).pk)
    except CannotJoinError as refused:
        return _page(request, application_id, problem=str(refused), status=409)
    return _page(request, application_id, sent=True)


def _found(application_id: UUID) -> Application:
    try:
        return queries.get_application(application_id)
    except Application.DoesNotExist as missing:
        raise Http404 from missing


def _page(
    request: HttpRequest, application_id: UUID, *, problem: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    found, now = _found(application_id), clock.now()
    state, me = State(found.state), official_of(request).pk
    why_not = rules.why_not_approve(state, first_by=found.first_by_id, official_id=me)
    shown = {
        "application": found,
        "line": _line(found, now=now),
        "country": words.COUNTRIES[found.country],
        "way": words.WAYS[found.way],
        "language": words.LANGUAGES[found.language],
        "where": f"{found.origin}{rules.PROOF_PATH}",
        "looked": moment(found.looked_at, now=now) if found.looked_at else None,
        "found": words.found_words(found.found) if found.found and found.found != rules.PROVEN else "",
        "is_open": state in OPEN,
        "is_second": state is State.APPROVED_ONCE,
        "why_not": words.problem_words(why_not) if why_not else "",
        "reasons": words.DECLINED.items(),
        "declined": words.DECLINED[found.why_declined] if found.why_declined else "",
        "to_hand_over": found.administrator is not None and found.administrator.last_login is None,
        "has_mail": settings.MAIL is not None and bool(found.mailbox),
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "console/application.html", {**shown, **more}, status=status)


def _line(application: Application, *, now: datetime) -> Line:
    return Line(
        application_id=application.pk,
        name=application.name,
        origin=application.origin,
        kind=str(words.KINDS[application.kind]),
        state=str(words.STATES[application.state]),
        waits=application.state in FOR_OFFICIALS,
        applied=moment(application.applied_at, now=now),
    )
