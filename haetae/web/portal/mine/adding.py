"""More links, more words, or the code of another picture, for a case that is open."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import CannotWriteError, OpenCase, add_to_case
from haetae.agencies.support.rules import HASHES_MOST, LINKS_MOST, Problem, Told, why_not_tell
from haetae.agencies.support.states import State, Text
from haetae.agencies.support.steering.queries import answers_of
from haetae.web.access import public
from haetae.web.limits.asking import too_often, wait_for
from haetae.web.portal.codes import entry_of_code
from haetae.web.portal.mine.carrying import NOT_SENT, Page, keeping
from haetae.web.portal.mine.window import in_window, to
from haetae.web.portal.sending import in_its_place, weight
from haetae.web.words.telling import problem_words

_TOO_MANY: Final = _(
    "Very many people report something just now. Nothing was sent; what you typed is still here. Send it again later."
)


def unsent(request: HttpRequest) -> HttpResponse:
    """As it was typed, without the database."""
    return _page(request, error=NOT_SENT, field="links")


def again(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """As it was typed before the window had closed."""
    if State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    return _page(request, is_back=True)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@keeping(Page.MORE, unsent=unsent)
@in_window
def more(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Nothing is saved before it is sent; "continue" brings codes out of the page that makes them."""
    if State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    if request.method != "POST" or "continue" in request.POST:
        return _page(request)
    told = _told(request, opened)
    problem = _why_not_send(request, told) or why_not_tell(told)
    if problem is None:
        wait_s = wait_for("reports", count=weight(told))
        if wait_s:
            return too_often(_page(request, error=_TOO_MANY, field="links"), wait_s)
        try:
            add_to_case(opened=opened, told=in_its_place(request, told))
        except CannotWriteError:  # another window has stopped it meanwhile
            return to("portal:mine")
        return to("portal:mine", said="added")
    return _page(request, error=problem_words(problem), field=problem.field, status=422)


def _told(request: HttpRequest, opened: OpenCase) -> Told:
    links, story = request.POST.get("links", ""), request.POST.get("story", "").strip()
    return Told(
        links=[line.strip() for line in links.splitlines() if line.strip()],
        hashes=[entry for code in _sent(request) if (entry := entry_of_code(code))],
        texts={Text.STORY: story} if story else {},
        relation=answers_of(opened.case).relation,
    )


def _why_not_send(request: HttpRequest, told: Told) -> Problem | None:
    codes = _sent(request)
    if len(codes) > HASHES_MOST:
        return Problem(field="hashes", code="too_many_hashes")
    if len(told.hashes) < len(codes):
        return Problem(field="hashes", code="hashes_unreadable")
    return Problem(field="links", code="too_many_links") if len(told.links) > LINKS_MOST else None


def _sent(request: HttpRequest) -> Sequence[str]:
    """Each code once, and one more than can be taken, so that it is seen."""
    return list(dict.fromkeys(request.POST.getlist("code")))[: HASHES_MOST + 1]


def _page(
    request: HttpRequest,
    *,
    error: str | Promise = "",
    field: str = "",
    is_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Codes that nobody can read are left out, so that the rest can be sent."""
    shown = {
        "links": request.POST.get("links", ""),
        "story": request.POST.get("story", ""),
        "codes": [code for code in _sent(request) if entry_of_code(code)][:HASHES_MOST],
        "error": error,
        "field": field,
        "is_back": is_back,
    }
    return render(request, "portal/mine/more.html", shown, status=status)
