"""More links, or more words, for a case that is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import CannotWriteError, OpenCase, add_to_case
from haetae.agencies.support.rules import LINKS_MOST, Problem, Told, why_not_tell
from haetae.agencies.support.states import State, Text
from haetae.agencies.support.steering.queries import answers_of
from haetae.web.access import public
from haetae.web.portal.mine.window import in_window, to
from haetae.web.words.telling import problem_words


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def more(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Nothing is saved before it is sent."""
    if State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    if request.method != "POST":
        return _page(request)
    links, story = request.POST.get("links", ""), request.POST.get("story", "")
    told = Told(
        links=[line.strip() for line in links.splitlines() if line.strip()],
        texts={Text.STORY: story.strip()} if story.strip() else {},
        relation=answers_of(opened.case).relation,
    )
    problem = _too_many(told) or why_not_tell(told)
    if problem is None:
        try:
            add_to_case(opened=opened, told=told)
        except CannotWriteError:  # another window has stopped it meanwhile
            return to("portal:mine")
        return to("portal:mine", said="added")
    return _page(request, links=links, story=story, error=problem_words(problem), field=problem.field)


def _too_many(told: Told) -> Problem | None:
    return Problem(field="links", code="too_many_links") if len(told.links) > LINKS_MOST else None


def _page(
    request: HttpRequest, *, links: str = "", story: str = "", error: str | Promise = "", field: str = ""
) -> HttpResponse:
    shown = {"links": links, "story": story, "error": error, "field": field}
    return render(request, "portal/mine/more.html", shown, status=422 if error else 200)
