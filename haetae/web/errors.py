"""Pages for what went wrong: what happened, what was not saved, what to do. No word of the inside."""

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from haetae.common.keys import KeysUnavailableError
from haetae.web.api import answers
from haetae.web.sides.which import Side, is_served, side_of

RETRY_AFTER_S: Final = 30
# Where people sign in, a page of their side says it; on the portal every trouble has a page of its own.
_PAGES: Final = {Side.CONSOLE: "console/trouble.html", Side.OPERATOR: "operator/trouble.html"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler400."""
    if _is_machine(request):
        return answers.unread(
            answers.refusal(status=400, code="bad_request", message="The request could not be read as HTTP.")
        )
    return plain_page(request, status=400)


def refused(request: HttpRequest, exception: Exception | None = None, *, why: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler403; `why` is a sentence that says whose page it is."""
    if _is_machine(request):
        return answers.unread(
            answers.refusal(status=403, code="refused", message="This address is not open to you.")
        )
    if why:
        return render(request, "account/refused.html", {"why": why}, status=403)
    return _page(request, status=403)


def other_side(request: HttpRequest) -> HttpResponse:
    """Whoever signed in has an account of the other side on which people sign in."""
    return render(request, "account/other_side.html", status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without its token, or sent by another site: CSRF_FAILURE_VIEW of the settings."""
    return _page(request, status=403, what="form")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler404."""
    if _is_machine(request):
        words = "There is nothing at this address; /api/v1/openapi.json names those that are."
        return answers.unread(answers.refusal(status=404, code="no_such_address", message=words))
    return _page(request, status=404)


def not_served(request: HttpRequest) -> HttpResponse:
    """The address belongs to a side that another process serves: here it is as any unknown one."""
    return not_found(request) if _is_machine(request) else plain_page(request, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """For handler500. A database or key service that does not answer is no fault of the page: 503, and when."""
    problem = sys.exc_info()[1]
    if isinstance(problem, OperationalError | InterfaceError | KeysUnavailableError):
        if not _is_machine(request):
            return unavailable(request)
        return answers.keys_away() if isinstance(problem, KeysUnavailableError) else answers.database_away()
    if _is_machine(request):
        words = "Something broke on our side. This is no answer about what you asked."
        return answers.unread(answers.refusal(status=500, code="broken", message=words))
    return plain_page(request, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Nothing was saved; says so, and when to try again."""
    answer = plain_page(request, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _is_machine(request: HttpRequest) -> bool:
    return request.path_info.startswith(answers.MACHINES)


def plain_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """An error page that needs nothing of the request but its language; no form, no session, no database."""
    with translation.override(translation.get_language_from_request(request)):
        # The context processors look at the session; this page must work without one.
        return _page(None, status=status, side=_frame_for(request))


def _page(
    request: HttpRequest | None, *, status: int, what: str = "", side: Side | None = None
) -> HttpResponse:
    """In the frame of the side; `what` names the trouble where the status alone does not."""
    if request is not None:
        side = _frame_for(request)
    name = _PAGES.get(side or Side.PORTAL, f"errors/{what or status}.html")
    shown = {"trouble": what or str(status), "LANGUAGE_CODE": translation.get_language()}
    return render(request, name, shown, status=status)


def _frame_for(request: HttpRequest) -> Side:
    """Of the side whose address it is, or of the one that is served here: no page leads to what is not there."""
    side = side_of(request)
    framed = (Side.PORTAL, *_PAGES)
    if side in framed and is_served(side):
        return Side(side)
    return next((one for one in framed if is_served(one)), Side.PORTAL)
