"""The first screen, and the words of a receipt, shown once."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.receipt import words_of
from haetae.agencies.support.states import Age, Circumstance
from haetae.web.access import public
from haetae.web.portal import pockets
from haetae.web.portal.sending import SeeOther

_UNDER_PRESSURE = frozenset({Circumstance.THREATENED, Circumstance.MONEY_DEMANDED})


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where you are, that nothing has to be uploaded, what happens next; then three ways in."""
    return render(request, "portal/start.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def words_once(request: HttpRequest) -> HttpResponse:
    """The eight words, for the browser that has just sent the form; gone when they are written down."""
    if request.method == "POST":
        answer = SeeOther(pockets.PATH)
        pockets.forget_receipt(answer)
        return answer
    bits = pockets.receipt_to_show(request)
    if bits is None:
        return render(request, "portal/no_words.html")
    opened = _opened(request)
    shown = {
        "words": words_of(bits, language=(get_language() or settings.LANGUAGE_CODE)[:2]),
        "is_pressed": opened is not None and bool(_UNDER_PRESSURE & set(opened.case.circumstances)),
        "is_minor": opened is not None and opened.case.age == Age.UNDER_19,
    }
    return render(request, "portal/words.html", shown)


def _opened(request: HttpRequest) -> OpenCase | None:
    """The words must be had, also while the database does not answer: only advice depends on it."""
    try:
        return pockets.window_of(request)
    except (OperationalError, InterfaceError):
        return None
