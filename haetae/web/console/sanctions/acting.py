"""The acts about one sanction, each a button of its page. A page translates; what may be is said by the room."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import official_actor
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.sanctions import actions
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.paying import actions as paying
from haetae.agencies.enforcement.sanctions.paying.actions import Noted
from haetae.agencies.enforcement.sanctions.states import Served
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.sanctions.draft import UnreadableError, whole
from haetae.web.console.sanctions.page import found_sanction, page_of
from haetae.web.rights import official_of

Act = Callable[[HttpRequest, UUID, UUID], None]


def hear(_: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    actions.to_hearing(sanction_id=sanction_id, official_id=official_id)


def drop(_: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    actions.drop(sanction_id=sanction_id, official_id=official_id)


def decide(_: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    actions.decide(sanction_id=sanction_id, official_id=official_id)


def notify(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    way = request.POST.get("way", "")
    if way not in set(Served):
        raise UnreadableError("way_missing")
    actor = official_actor(official_id)
    actions.notify(sanction_id=sanction_id, served_on=_day(request), served_by=Served(way), actor=actor)


def pay(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    paying.paid(sanction_id=sanction_id, payment=_payment(request), official_id=official_id)


def pay_back(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    paying.paid_back(sanction_id=sanction_id, payment=_payment(request), official_id=official_id)


def contest(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    """What came by letter, as an official writes it down: on the day on which it came, and not later than now."""
    zone, day, now = load_pack(settings.JURISDICTION).zone, _day(request), clock.now()
    over = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC) - timedelta(
        seconds=1
    )
    today = now.astimezone(zone).date()
    contesting.contest(
        sanction_id=sanction_id,
        text=request.POST.get("text", ""),
        received_at=now if day == today else over,
        actor=official_actor(official_id),
    )


def uphold(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    contesting.upheld(sanction_id=sanction_id, why=request.POST.get("why", ""), official_id=official_id)


def annul(request: HttpRequest, sanction_id: UUID, official_id: UUID) -> None:
    contesting.annulled(sanction_id=sanction_id, why=request.POST.get("why", ""), official_id=official_id)


_VERBS: Final[dict[str, tuple[Act, Permission]]] = {
    "hear": (hear, Permission.ENFORCEMENT_PREPARE),
    "drop": (drop, Permission.ENFORCEMENT_PREPARE),
    "decide": (decide, Permission.ENFORCEMENT_SIGN),
    "notify": (notify, Permission.ENFORCEMENT_PREPARE),
    "pay": (pay, Permission.ENFORCEMENT_PREPARE),
    "pay-back": (pay_back, Permission.ENFORCEMENT_PREPARE),
    "contest": (contest, Permission.ENFORCEMENT_PREPARE),
    "uphold": (uphold, Permission.ENFORCEMENT_SIGN),
    "annul": (annul, Permission.ENFORCEMENT_SIGN),
}


def addresses() -> list[URLPattern]:
    """One for each act, each with its mark."""
    return [
        path(
            f"enforcement/sanctions/<uuid:sanction_id>/{verb}/",
            _view(verb, act, permission),
            name=f"sanction_{verb.replace('-', '_')}",
        )
        for verb, (act, permission) in _VERBS.items()
    ]


def _view(verb: str, act: Act, permission: Permission) -> Callable[[HttpRequest, UUID], HttpResponse]:
    @needs(permission)
    @require_http_methods(["GET", "HEAD", "POST"])  # a GET comes after a sign-in that came in between
    @wraps(act)
    def view(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
        return _done(request, sanction_id, verb=verb, act=act)

    return view


def _done(request: HttpRequest, sanction_id: UUID, *, verb: str, act: Act) -> HttpResponse:
    """Back on the page, or the page with why nothing was taken; a try of what may not be is recorded."""
    found = found_sanction(sanction_id)
    if request.method != "POST":
        return redirect("console:sanction", sanction_id)
    official_id = official_of(request).pk
    typed = {"verb": verb, **{name: str(value) for name, value in request.POST.items()}}
    try:
        act(request, sanction_id, official_id)
    except UnreadableError as unreadable:
        return page_of(request, sanction_id, problem=str(unreadable), typed=typed, status=422)
    except CannotSanctionError as refused:
        actor = official_actor(official_id)
        actions.refused(subject=found, move=verb, code=refused.code, actor=actor)
        return page_of(request, sanction_id, problem=refused.code, typed=typed, status=409)
    return redirect("console:sanction", sanction_id)


def _payment(request: HttpRequest) -> Noted:
    return Noted(
        won=whole(request.POST.get("won", ""), code="sum_unreadable"),
        paid_on=_day(request),
        reference=request.POST.get("reference", ""),
    )


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError as unreadable:
        raise UnreadableError("day_unreadable") from unreadable
