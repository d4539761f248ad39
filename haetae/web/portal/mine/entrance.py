"""One address: the eight words are asked for, or the case is shown. Nobody learns whether a case exists."""

import threading
from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.queries import case_of_receipt
from haetae.common.keys import KeysBusyError
from haetae.web.access import public
from haetae.web.limits.asking import too_often, wait_for_source
from haetae.web.portal import pockets
from haetae.web.portal.mine import adding, changing, recovering, talking
from haetae.web.portal.mine.carrying import AWAY, Page, ask_words, carried, later
from haetae.web.portal.mine.page import case_page
from haetae.web.portal.mine.window import to

# One sentence for words that are wrong, unknown, or no words at all.
_NOT_OPENED: Final = _(
    "These words open nothing. Look whether all eight are there, in their order, and spelt as you wrote them down."
)
_NOT_TRIED: Final = _("We could not look just now. What you wrote is still here; try again in a minute.")
_BUSY_FOR_S: Final = 10
_LIMIT: Final = "words_of_source"
# Of the eight threads of a web process (docs/running.md) so many try words at once. Whoever comes then is told to come
# back at once: a thread that waited for its turn would be one that takes no report.
GUESSES_MOST: Final = 3
_PLACES: Final = threading.BoundedSemaphore(GUESSES_MOST)
_SAID: Final[dict[str, str | Promise]] = {
    "closed": _(
        "The page had closed by itself after half an hour. Nothing was sent. Type in your words again."
    ),
    "left": _("It is closed. This browser shows nothing of it any more."),
}
# The pages to which an entrance leads back, with everything as it was typed.
_BACK: Final[Mapping[Page, Callable[[HttpRequest, OpenCase], HttpResponse]]] = {
    Page.TALK: talking.again,
    Page.MORE: adding.again,
    Page.CHANGE: changing.again,
    Page.RECOVERY: recovering.again,
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The case of this window; without one, the field for the words."""
    if request.method == "POST":
        page = carried(request)
        return _try(request) if page is None else _try_with(request, page)
    if pockets.window_of(request) is not None:
        return case_page(request)
    said = next((words for code, words in _SAID.items() if code in request.GET), "")
    return render(request, "portal/mine/entrance.html", {"said": said})


def _try(request: HttpRequest) -> HttpResponse:
    """What was typed is never given back to the page: somebody may look over a shoulder."""
    wait_s = wait_for_source(request, _LIMIT)
    if wait_s:
        return too_often(render(request, "portal/mine/entrance.html", {"is_often": True}), wait_s)
    try:
        opened = _case_of_words(request)
    except KeysBusyError:
        answer = render(request, "portal/mine/entrance.html", {"is_busy": True}, status=503)
        answer["Retry-After"] = str(_BUSY_FOR_S)
        return answer
    if opened is None:
        return render(request, "portal/mine/entrance.html", {"error": _NOT_OPENED}, status=422)
    answer = to("portal:mine")
    pockets.open_window(answer, opened)
    return answer


def _try_with(request: HttpRequest, page: Page) -> HttpResponse:
    """Right words lead back to the page; nothing is sent before the person presses its button there."""
    if not pockets.has_ticket(request):
        return ask_words(request, page)
    wait_s = wait_for_source(request, _LIMIT)
    if wait_s:
        return too_often(ask_words(request, page, is_often=True), wait_s)
    try:
        opened = _case_of_words(request)
        if opened is None:
            return ask_words(request, page, error=_NOT_OPENED)
        answer = _BACK[page](request, opened)
    except KeysBusyError:
        return later(ask_words(request, page, is_busy=True))
    except AWAY:
        return later(ask_words(request, page, error=_NOT_TRIED))
    pockets.open_window(answer, opened)
    pockets.use_ticket(answer)
    return answer


def _case_of_words(request: HttpRequest) -> OpenCase | None:
    """Raises KeysBusyError, said before anything was tried: it says nothing of these words."""
    if not _PLACES.acquire(blocking=False):
        raise KeysBusyError("Many receipts are being tried just now.")
    try:
        return case_of_receipt(receipt.read(request.POST.get("words", "")))
    finally:
        _PLACES.release()
