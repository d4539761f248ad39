"""What was handed over to an agency, as that agency sees it: the text and the clock, and nothing of the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission, Role
from haetae.agencies.referrals import actions, queries
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import OPEN, Basis, Returned, State, To
from haetae.common import clock
from haetae.flow.deadlines.queries import of_subjects
from haetae.flow.steps.referring import read_package
from haetae.web.access import needs
from haetae.web.console.lines import Due, due, number_of
from haetae.web.console.rights import official_of, roles_of
from haetae.web.words.case_refusals import case_refusal
from haetae.web.words.cases import said
from haetae.web.words.times import Moment, moment

# Which seat receives for whom. Lawyers and regional centres have no seat here: a counsellor notes what they answer.
_RECEIVES: Final = {Role.POLICE_OFFICER: To.POLICE}


# As the receiving side says it of itself.
_RETURNED: Final[Mapping[Returned, str | Promise]] = {
    Returned.NOT_COMPETENT: _("this is not ours to do"),
    Returned.NO_CAPACITY: _("nobody is free here"),
    Returned.MORE_NEEDED: _("we need to know more"),
    Returned.PERSON_NOT_REACHED: _("we could not reach the person"),
}
_STATES: Final[Mapping[State, str | Promise]] = {
    State.SENT: _("waits for your answer"),
    State.OVERDUE: _("has waited too long for your answer"),
    State.ACCEPTED: _("accepted by you"),
}


@dataclass(frozen=True, kw_only=True)
class ReceivedLine:
    referral_id: UUID
    number: str
    state: str
    basis: str
    sent: Moment
    waits: bool
    is_late: bool
    due: Due | None


@needs(Permission.REFERRAL_ANSWER)
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; then what was accepted."""
    rows, now = queries.received_by(_receiver(request)), clock.now()
    return render(request, "console/referrals.html", {"lines": _lines(rows, now=now)})


@needs(Permission.REFERRAL_ANSWER)
@require_safe
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral; its text stays sealed until somebody asks for it."""
    return _page(request, referral_id)


@needs(Permission.REFERRAL_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The text, in this one answer; each time it is asked for is recorded."""
    if request.method != "POST":
        return redirect("console:referral", referral_id)
    try:
        package = read_package(
            referral_id=referral_id, receiver=_receiver(request), official_id=official_of(request).pk
        )
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return _page(request, referral_id, package=package)


@needs(Permission.REFERRAL_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
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
        return _page(request, referral_id, problem=str(refused), status=409)
    return redirect("console:referrals")


def _page(
    request: HttpRequest, referral_id: UUID, *, package: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    found = _found(request, referral_id)
    shown: dict[str, Any] = {
        "line": _lines([found], now=clock.now())[0],
        "package": package,
        "problem": case_refusal(problem) if problem else "",
        "returned": [(code.value, str(words)) for code, words in _RETURNED.items()],
    }
    return render(request, "console/referral.html", shown, status=status)


def _found(request: HttpRequest, referral_id: UUID) -> Referral:
    try:
        return queries.get_received(referral_id, _receiver(request))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _receiver(request: HttpRequest) -> To:
    for role in roles_of(request):
        if role in _RECEIVES:
            return _RECEIVES[role]
    raise Http404


def _lines(rows: list[Referral], *, now: datetime) -> list[ReceivedLine]:
    dues = {row.subject_id: row for row in of_subjects(row.pk for row in rows)}
    return [
        ReceivedLine(
            referral_id=row.pk,
            number=number_of(row.pk),
            state=str(_STATES[State(row.state)]),
            basis=said(Basis, row.basis),
            sent=moment(row.sent_at, now=now),
            waits=row.state in OPEN,
            is_late=row.state == State.OVERDUE,
            due=due(dues.get(row.pk), now=now),
        )
        for row in rows
    ]
