"""Stop, and go on again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.states import Age, State
from haetae.agencies.support.steering import actions as steering
from haetae.web.access import public
from haetae.web.portal.mine.window import in_window, to


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def stop(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What stops and what does not, then the button."""
    if request.method == "POST":
        return _done(opened, steering.withdraw, said="stopped")
    if State(opened.case.state) is State.WITHDRAWN:
        return to("portal:mine")
    return render(request, "portal/mine/stop.html", {"is_minor": opened.case.age == Age.UNDER_19})


@public
@require_POST
@in_window
def go_on(_request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The person wants it after all."""
    return _done(opened, steering.resume, said="resumed")


def _done(opened: OpenCase, act: Callable[..., None], *, said: str) -> HttpResponse:
    try:
        act(opened=opened)
    except CannotWriteError:  # destroyed by another window at this moment
        return to("portal:mine")
    return to("portal:mine", said=said)
