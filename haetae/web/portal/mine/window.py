"""Pages of a case open only in a window that the eight words opened, and each page keeps it open a little longer."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from haetae.agencies.support.actions import OpenCase
from haetae.common.case_keys import WrongKeyError
from haetae.web.portal import pockets
from haetae.web.portal.sending import SeeOther

Arguments = ParamSpec("Arguments")
Inside = Callable[Concatenate[HttpRequest, OpenCase, Arguments], HttpResponse]
_CLOSED: Final = "closed"


def to(name: str, *, said: str = "") -> HttpResponse:
    """On to a page of the case; `said` is a code that the page puts into words."""
    return SeeOther(reverse(name) + (f"?{said}" if said else ""))


def in_window(view: Inside[Arguments]) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Hands the view the open case; without one the visitor is asked for the words, and nothing is done."""

    @wraps(view)
    def looked(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        opened = pockets.window_of(request)
        if opened is None:
            return to("portal:mine", said=_CLOSED if request.method == "POST" else "")
        try:
            answer = view(request, opened, *args, **kwargs)
        except (
            WrongKeyError
        ):  # a window whose key does not fit opens nothing, and says no more than a closed one
            answer = to("portal:mine")
            pockets.close_window(answer)
            return answer
        # What closes or changes the window says so itself, and must not be opened again here.
        if not pockets.settles_window(answer):
            pockets.open_window(answer, opened, still_in=request)
        return answer

    return looked
