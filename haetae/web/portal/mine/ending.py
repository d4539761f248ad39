"""Erase who one is and keep the case, or have everything destroyed: explained first, and asked once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.destroying.actions import CannotDestroyError, destroy_case, erase_identity
from haetae.agencies.support.destroying.queries import explain
from haetae.web.access import public
from haetae.web.portal import pockets
from haetae.web.portal.mine.window import in_window, to
from haetae.web.words.destroying import ended_words, ending_words


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def erase(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Name and contact go; the words, the messages and everything that is asked for stay."""
    if request.method != "POST":
        return render(request, "portal/mine/erase.html")
    try:
        erase_identity(opened=opened)
    except CannotDestroyError:
        return render(request, "portal/mine/erase.html", {"is_held": True}, status=409)
    return to("portal:mine", said="erased")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def end(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """First what goes and what stays; then, on a second page, the button that does it."""
    if request.method != "POST":
        return render(request, "portal/mine/end.html", {"ending": ending_words(explain(opened.case))})
    if "sure" not in request.POST:
        return render(request, "portal/mine/end_sure.html")
    try:
        record = destroy_case(opened=opened)
    except CannotDestroyError:  # the case went on without this window
        return to("portal:mine")
    answer = render(request, "portal/mine/ended.html", {"gone": ended_words(record)})
    pockets.close_window(answer)
    return answer
