"""Switched on, paused, extended, ended, and all at once stopped: each by one form, each refusal recorded and said."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import get_current_timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.flow.arrival.watching import actions
from haetae.flow.arrival.watching.actions import CannotWatchError
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.console.watching.page import found_list, list_page, page_of
from haetae.web.sent import IncompleteError, day_in

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.WATCH_CONFIRM)
@require_http_methods(GET_TOO)
def confirm(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """By another official than who drafted it."""
    return _done(request, list_id, lambda by: actions.confirm(list_id=list_id, official_id=by.pk))


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def pause(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Nothing of it is visited until it goes on."""
    return _done(
        request,
        list_id,
        lambda by: actions.pause(list_id=list_id, why=why_in(request), official_id=by.pk),
    )


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def resume(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """It goes on where it stood."""
    return _done(
        request,
        list_id,
        lambda by: actions.resume(list_id=list_id, why=why_in(request), official_id=by.pk),
    )


@needs(Permission.WATCH_CONFIRM)
@require_http_methods(GET_TOO)
def extend(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """By another official than who said last until when."""
    return _done(
        request,
        list_id,
        lambda by: actions.extend(
            list_id=list_id, until=end_of_day(request), why=why_in(request), official_id=by.pk
        ),
    )


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def end(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Nothing of it is visited any more."""
    return _done(
        request, list_id, lambda by: actions.end(list_id=list_id, why=why_in(request), official_id=by.pk)
    )


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def stop(request: HttpRequest) -> HttpResponse:
    """All lists stand still."""
    return _all(request, lambda by: actions.stop_all(why=why_in(request), official_id=by.pk))


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def go_on(request: HttpRequest) -> HttpResponse:
    """The lists that are on are visited again."""
    return _all(request, lambda by: actions.go_on(official_id=by.pk))


def why_in(request: HttpRequest) -> str:
    return request.POST.get("why", "").replace("\r\n", "\n")


def end_of_day(request: HttpRequest) -> datetime:
    """The end of the day that somebody typed, in the zone of the officials. Raises IncompleteError."""
    day = day_in(request, "until", code="watch_until")
    return datetime.combine(day, time.max, get_current_timezone()).astimezone(UTC)


def _done(request: HttpRequest, list_id: UUID, act: Callable[[Official], object]) -> HttpResponse:
    official = official_of(request)
    found_list(list_id)
    if request.method == "POST":
        try:
            act(official)
        except (CannotWatchError, IncompleteError) as problem:
            actions.refused(list_id=list_id, code=problem.code, official_id=official.pk)
            return page_of(request, list_id, problem=problem.code, status=409)
    return redirect("console:watched", list_id)


def _all(request: HttpRequest, act: Callable[[Official], object]) -> HttpResponse:
    if request.method == "POST":
        try:
            act(official_of(request))
        except CannotWatchError as problem:
            return list_page(request, problem=problem.code, status=409)
    return redirect("console:watching")
