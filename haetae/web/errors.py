"""Pages for what went wrong: what happened, what was not saved, what to do. No word of the inside."""

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

RETRY_AFTER_S: Final = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler400."""
    return plain_page(request, status=400)


def refused(request: HttpRequest, exception: Exception | None = None, *, why: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler403; `why` is a sentence that says whose page it is."""
    return render(request, "account/refused.html" if why else "errors/403.html", {"why": why}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """For handler404."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """For handler500. A database that does not answer is no fault of the page: 503, and when to come back."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return plain_page(request, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Nothing was saved; says so, and when to try again."""
    answer = plain_page(request, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def plain_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """An error page that needs nothing of the request but its language; no form, no session, no database."""
    with translation.override(translation.get_language_from_request(request)):
        # The context processors look at the session; this page must work without one.
        content = render(None, f"errors/{status}.html", {"LANGUAGE_CODE": translation.get_language()}).content
    return HttpResponse(content, status=status)
