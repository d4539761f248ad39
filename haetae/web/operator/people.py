"""Colleagues: who sits at this operator, and the ways in that its administrators give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.colleagues import actions, queries
from haetae.accounts.colleagues.actions import CannotDoThatError
from haetae.accounts.colleagues.rules import NAME_LONGEST
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import AT_AN_OPERATOR, Permission, Role
from haetae.audit.actor import Actor
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import official_of
from haetae.web.words.operators import problem_words
from haetae.web.words.people import role_words

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@dataclass(frozen=True, kw_only=True)
class Colleague:
    official_id: UUID
    name: str
    roles: Sequence[str]
    since: date
    is_me: bool
    has_come: bool


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was sent; moderators are the many."""

    name: str = ""
    role: str = field(default=Role.OPERATOR_MODERATOR.value)


@needs(Permission.OPERATOR_MANAGE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who sits here today, and a form for one more."""
    return _page(request)


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def add(request: HttpRequest) -> HttpResponse:
    """One more; the way in is shown in this answer and never again."""
    if request.method != "POST":
        return redirect("operator:people")
    draft = Draft(name=request.POST.get("name", "").strip().lower(), role=request.POST.get("role", ""))
    if draft.role not in AT_AN_OPERATOR:
        return _page(request, draft=draft, problem="choose_role", status=422)
    operator = operator_of_request(request)
    try:
        added = actions.add_colleague(
            operator=operator, name=draft.name, role=Role(draft.role), actor=_actor(request)
        )
    except CannotDoThatError as refused:
        return _page(request, draft=draft, problem=str(refused), status=422)
    return _with_way_in(request, operator, added.pk)


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def link(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Another way in for somebody who sits here."""
    if request.method != "POST":
        return redirect("operator:people")
    return _with_way_in(request, operator_of_request(request), official_id)


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def end(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Somebody leaves, and is outside at once."""
    if request.method == "POST":
        try:
            actions.end_colleague(
                operator=operator_of_request(request), official_id=official_id, actor=_actor(request)
            )
        except CannotDoThatError as refused:
            return _page(request, problem=str(refused), status=409)
        except Official.DoesNotExist as missing:
            raise Http404 from missing
    return redirect("operator:people")


def _with_way_in(request: HttpRequest, operator: Operator, official_id: UUID) -> HttpResponse:
    try:
        secret = actions.new_way_in(operator=operator, official_id=official_id, actor=_actor(request))
        whose = queries.colleague(operator, official_id).get_username()
    except Official.DoesNotExist as missing:
        raise Http404 from missing
    where = request.build_absolute_uri(reverse("sign_in_once", kwargs={"secret": secret}))
    return _page(request, link=where, whose=whose)


def _page(
    request: HttpRequest, *, draft: Draft | None = None, problem: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    operator = operator_of_request(request)
    shown = {
        "colleagues": _colleagues(operator, me=official_of(request)),
        "draft": draft or Draft(),
        "roles": [(role.value, role_words(role)) for role in sorted(AT_AN_OPERATOR, reverse=True)],
        "host": operator.origin.rpartition("//")[2].partition(":")[0],
        "longest": NAME_LONGEST,
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "operator/people.html", {**shown, **more}, status=status)


def _colleagues(operator: Operator, *, me: Official) -> Sequence[Colleague]:
    seats = sorted(queries.seats_today(operator), key=lambda seat: (seat.official.username, seat.since))
    return [
        Colleague(
            official_id=official.pk,
            name=official.get_username(),
            roles=[role_words(Role(seat.role)) for seat in held],
            since=held[0].since,
            is_me=official == me,
            has_come=official.last_login is not None,
        )
        for official, group in groupby(seats, key=lambda seat: seat.official)
        for held in [list(group)]
    ]


def _actor(request: HttpRequest) -> Actor:
    return official_actor(official_of(request).pk)
