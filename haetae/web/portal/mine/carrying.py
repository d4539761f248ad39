"""What was typed is not lost when the window had closed or we cannot save: it stays in the page, and in nothing else.

Without a window the entrance carries it in hidden fields, and leads back to its page once the words are right.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support.rules import HASHES_MOST
from haetae.common.keys import KeysUnavailableError
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.portal import pockets

View = Callable[[HttpRequest], HttpResponse]
AWAY: Final = (OperationalError, InterfaceError, KeysUnavailableError)
NOT_SENT: Final = _(
    "We could not send it just now. What you wrote is still here; press Send again in a minute."
)


class Page(StrEnum):
    TALK = "talk"
    MORE = "more"
    CHANGE = "change"
    RECOVERY = "recovery"


# What a person types or marks on each page; anything else of a form is no loss.
_TYPED: Final[Mapping[Page, Sequence[str]]] = {
    Page.TALK: ("text",),
    Page.MORE: ("links", "story", "code"),
    Page.CHANGE: ("relation", "age", "circumstances", "legal_basis"),
    Page.RECOVERY: ("chosen", "how"),
}
_FORM_KEY: Final = "form_key"


def keeping(page: Page, *, unsent: View) -> Callable[[View], View]:
    """Around a page of a case. `unsent` shows its form as it was sent, without the database or the keys."""

    def around(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest) -> HttpResponse:
            if request.method != "POST" or not _typed(request, page):
                return view(request)
            try:
                return view(request) if pockets.window_of(request) else ask_words(request, page)
            except AWAY:
                return later(unsent(request))

        return kept

    return around


def carried(request: HttpRequest) -> Page | None:
    """The page to which an entrance leads back, where it carries something."""
    page = request.POST.get("to", "")
    return Page(page) if page in set(Page) and _typed(request, Page(page)) else None


def ask_words(
    request: HttpRequest,
    page: Page,
    *,
    error: str | Promise = "",
    is_busy: bool = False,
    is_often: bool = False,
    status: int = 422,
) -> HttpResponse:
    """The entrance, with what was typed in it. Each leads in once: see pockets.draw_ticket."""
    is_first = not (error or is_busy or is_often)
    ticket = request.POST.get("ticket", "") if pockets.has_ticket(request) else pockets.draw_ticket()
    shown = {
        "error": error,
        "is_busy": is_busy,
        "is_often": is_often,
        "is_carried": is_first,
        "is_with_code": is_first and "continue" in request.POST,
        "to": page,
        "kept": _typed(request, page, _FORM_KEY),
        "ticket": ticket,
    }
    answer = render(request, "portal/mine/entrance.html", shown, status=status)
    pockets.keep_ticket(answer, ticket)
    return answer


def later(answer: HttpResponse) -> HttpResponse:
    """The same page, answered as one that could not be saved."""
    answer.status_code = 503
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _typed(request: HttpRequest, page: Page, *more: str) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name in (*_TYPED[page], *more)
        for value in request.POST.getlist(name)[: HASHES_MOST + 1]
        if value.strip()
    ]
