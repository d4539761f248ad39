"""What was handed over to an agency, and what it handed over: the text and the clock, and nothing of the case."""

from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.referrals import actions, queries
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import OPEN, Matter, Returned, To
from haetae.common import clock
from haetae.flow.steps.referring import read_package
from haetae.web.access import needs
from haetae.web.console.referrals.lines import RETURNED, ReferralLine, lines
from haetae.web.console.referrals.whose import receives_as, sends_as
from haetae.web.console.rights import may, official_of
from haetae.web.words.case_refusals import case_refusal

_GET_TOO: Final = ["GET", "HEAD", "POST"]


@needs(Permission.REFERRAL_ANSWER)
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; then what was accepted; then what this agency sent."""
    shown = {
        "lines": _lines(request, queries.received_by(*receives_as(request)), is_ours=False),
        "sent": _lines(request, queries.sent_by(sends_as(request)), is_ours=True),
        "may_send": may(request, Permission.REFERRAL_SEND),
    }
    return render(request, "console/referrals.html", shown)


@needs(Permission.REFERRAL_ANSWER)
@require_safe
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral; its text stays sealed until somebody asks for it."""
    return _page(request, referral_id)


@needs(Permission.REFERRAL_ANSWER)
@require_http_methods(_GET_TOO)
def read(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The text, in this one answer; each time the other side asks for it is recorded."""
    if request.method != "POST":
        return redirect("console:referral", referral_id)
    found = _found(request, referral_id)
    try:
        package = read_package(
            referral_id=referral_id, receiver=To(found.to), official_id=official_of(request).pk
        )
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return _page(request, referral_id, package=package)


@needs(Permission.REFERRAL_ANSWER)
@require_http_methods(_GET_TOO)
def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Accept it, or send it back with a reason. The same answer twice is one."""
    if request.method != "POST":
        return redirect("console:referral", referral_id)
    said_, official_id = request.POST.get("answer", ""), official_of(request).pk
    _found(request, referral_id)
    try:
        if said_ == "accepted":
            actions.accepted(referral_id=referral_id, official_id=official_id)
        elif said_ in set(Returned):
            actions.returned(referral_id=referral_id, why=Returned(said_), official_id=official_id)
        else:
            return _page(request, referral_id, problem="not_chosen", status=422)
    except actions.CannotReferError as refused:
        actions.refused(code=str(refused), official_id=official_id, referral_id=referral_id)
        return _page(request, referral_id, problem=str(refused), status=409)
    return redirect("console:referrals")


@needs(Permission.REFERRAL_SEND)
@require_http_methods(_GET_TOO)
def call_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The sending agency takes it back while nobody has accepted it."""
    if request.method == "POST":
        official_id = official_of(request).pk
        try:
            queries.get_sent(referral_id, sends_as(request))
            actions.call_back_own(referral_id=referral_id, official_id=official_id)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except actions.CannotReferError as refused:
            actions.refused(code=str(refused), official_id=official_id, referral_id=referral_id)
            return _page(request, referral_id, problem=str(refused), status=409)
    return redirect("console:referral", referral_id)


def _page(
    request: HttpRequest, referral_id: UUID, *, package: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        found, is_ours = queries.get_sent(referral_id, sends_as(request)), True
        package = found.note  # whoever sent it has written it
    except ObjectDoesNotExist:
        found, is_ours = _found(request, referral_id), False
    shown: dict[str, Any] = {
        "line": _lines(request, [found], is_ours=is_ours)[0],
        "package": package,
        "may_enforce": may(request, Permission.ENFORCEMENT_READ),
        "may_see_operators": may(request, Permission.HEALTH_READ),
        "may_call_back": is_ours and found.state in OPEN,
        "follows_review": not is_ours and found.to == To.REVIEWER and found.matter is Matter.PLACE,
        "problem": case_refusal(problem) if problem else "",
        "returned": [(code.value, str(words)) for code, words in RETURNED.items() if _fits(code, found)],
    }
    return render(request, "console/referral.html", shown, status=status)


def _fits(code: Returned, found: Referral) -> bool:
    """Nobody is to be reached where no person stands behind it."""
    return found.matter is Matter.CASE or code is not Returned.PERSON_NOT_REACHED


def _found(request: HttpRequest, referral_id: UUID) -> Referral:
    try:
        return queries.get_received(referral_id, *receives_as(request))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _lines(request: HttpRequest, rows: list[Referral], *, is_ours: bool) -> list[ReferralLine]:
    may_see = may(request, Permission.SIGHTING_READ)
    return lines(rows, is_ours=is_ours, may_see_places=may_see, now=clock.now())
