"""Who sits where in an agency: its administrator gives seats, ends them, and has what lies there handed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.agencies import SITS_IN, AgencyKey, roles_in
from haetae.accounts.colleagues.rules import NAME_LONGEST
from haetae.accounts.models import Official, Seat
from haetae.accounts.permissions import Permission, Role
from haetae.accounts.seats import actions, queries
from haetae.accounts.seats.actions import CannotSeatError
from haetae.flow.review.commission.queries import places_of
from haetae.flow.steps.carrying_on import carried_by, could_carry_on, leave
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.words.agencies import agency_on
from haetae.web.words.operators import problem_words
from haetae.web.words.people import role_words

_GET_TOO: Final = ["GET", "HEAD", "POST"]
_CARRIED: Final[Mapping[str, str | Promise]] = {
    "case": _("cases of people"),
    "referral": _("referrals that nobody has answered"),
    "hearing": _("hearings that run"),
    "order": _("drafts of orders"),
    "sanction": _("proposals of sanctions"),
    "designation": _("proposals of designations"),
}


@dataclass(frozen=True, kw_only=True)
class SeatShown:
    seat_id: int
    role: str
    since: date
    until: date | None
    name_then: str


@dataclass(frozen=True, kw_only=True)
class Sitting:
    official_id: UUID
    name: str
    is_me: bool
    has_come: bool
    seats: Sequence[SeatShown]


@dataclass(frozen=True, kw_only=True)
class Draft:
    name: str = ""
    role: str = ""
    since: str = field(default_factory=lambda: queries.today().isoformat())


_MOST_DIGITS: Final = 18  # a number of a row; Python reads no more than 4,300 digits at all


@needs(Permission.SEAT_MANAGE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who sits here since when, who sat here, and a form for one more."""
    return _page(request)


@needs(Permission.SEAT_MANAGE)
@require_http_methods(_GET_TOO)
def add(request: HttpRequest) -> HttpResponse:
    """One more; the way in is shown in this answer and never again."""
    if request.method != "POST":
        return redirect("console:people")
    sent = request.POST
    draft = Draft(
        name=sent.get("name", "").strip().lower(), role=sent.get("role", ""), since=sent.get("since", "")
    )
    agency, by = _agency(request), official_of(request)
    try:
        if draft.role not in set(SITS_IN):
            raise CannotSeatError("choose_role")
        added = actions.give_seat(
            agency=agency,
            name=draft.name,
            role=Role(draft.role),
            since=_day(draft.since),
            by=by,
            places=places_of(Role(draft.role)),
        )
    except CannotSeatError as refused:
        actions.refused(code=str(refused), by=by)
        return _page(request, draft=draft, problem=str(refused), status=422)
    return _with_way_in(request, added.pk)


@needs(Permission.SEAT_MANAGE)
@require_safe
def person(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """One colleague: their seats, what they have to see to, and the form that ends a seat."""
    return _person(request, official_id)


@needs(Permission.SEAT_MANAGE)
@require_http_methods(_GET_TOO)
def link(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Another way in for somebody who sits here and nowhere else."""
    if request.method != "POST":
        return redirect("console:people")
    return _with_way_in(request, official_id)


@needs(Permission.SEAT_MANAGE)
@require_http_methods(_GET_TOO)
def end(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """A seat ends with a day; what lies there goes to whoever is named."""
    if request.method != "POST":
        return redirect("console:person", official_id)
    sent, by = request.POST, official_of(request)
    at_once = sent.get("when") == "at_once"
    try:
        leave(
            agency=_agency(request),
            seat_id=_seat_of(official_id, sent.get("seat", "")),
            last_day=queries.today() if at_once else _day(sent.get("last_day", "")),
            at_once=at_once,
            successor_id=_id(sent.get("successor", "")),
            by=by,
        )
    except CannotSeatError as refused:
        actions.refused(code=str(refused), by=by)
        return _person(request, official_id, problem=str(refused), status=409)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return redirect("console:people")


def _person(request: HttpRequest, official_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    agency = _agency(request)
    held = [seat for seat in queries.seats_in(agency) if seat.official_id == official_id]
    if not held:
        raise Http404
    carried = carried_by(official_id)
    shown = {
        "one": _sitting(held[0].official, held, agency=agency, me=official_of(request)),
        "carried": [(_CARRIED[kind], len(subjects)) for kind, subjects in carried.items()],
        "successors": could_carry_on(agency, official_id),
        "today": queries.today(),
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "console/person.html", shown, status=status)


def _with_way_in(request: HttpRequest, official_id: UUID) -> HttpResponse:
    agency = _agency(request)
    try:
        secret = actions.new_way_in(agency=agency, official_id=official_id, by=official_of(request))
        whose = queries.colleague(agency, official_id).get_username()
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    where = request.build_absolute_uri(reverse("sign_in_once", kwargs={"secret": secret}))
    return _page(request, link=where, whose=whose)


def _page(
    request: HttpRequest, *, draft: Draft | None = None, problem: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    agency, me = _agency(request), official_of(request)
    shown = {
        "agency": agency_on(agency, day=queries.today()),
        "people": _grouped(list(queries.seats_in(agency)), agency=agency, me=me),
        "former": _grouped(list(queries.former_in(agency)[:50]), agency=agency, me=me),
        "draft": draft or Draft(),
        "roles": [(role.value, role_words(role)) for role in roles_in(AgencyKey(agency))],
        "longest": NAME_LONGEST,
        "today": queries.today(),
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "console/people.html", {**shown, **more}, status=status)


def _grouped(seats: Sequence[Seat], *, agency: str, me: Official) -> list[Sitting]:
    in_order = sorted(seats, key=lambda seat: (seat.official.username, seat.since))
    return [
        _sitting(official, list(held), agency=agency, me=me)
        for official, held in groupby(in_order, key=lambda seat: seat.official)
    ]


def _sitting(official: Official, held: Sequence[Seat], *, agency: str, me: Official) -> Sitting:
    seats = [
        SeatShown(
            seat_id=seat.pk,
            role=role_words(Role(seat.role)),
            since=seat.since,
            until=seat.until,
            name_then=agency_on(agency, day=seat.since),
        )
        for seat in held
    ]
    return Sitting(
        official_id=official.pk,
        name=official.get_username(),
        is_me=official == me,
        has_come=official.last_login is not None,
        seats=seats,
    )


def _agency(request: HttpRequest) -> str:
    try:
        return queries.agency_of_administrator(official_of(request))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _seat_of(official_id: UUID, typed: str) -> int:
    """One of this person's: the address says whose page it is. Raises Seat.DoesNotExist."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
        raise CannotSeatError("choose_seat")
    return int(Seat.objects.get(pk=int(typed), official=official_id).pk)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as unreadable:
        raise CannotSeatError("day_unreadable") from unreadable


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
