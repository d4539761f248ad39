"""The pages of looking: the wish, the one look, the picture itself, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.looks import actions, asking
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.queries import get_look
from haetae.agencies.looks.states import FINDINGS, Answer, Step
from haetae.common import clock
from haetae.flow.overview.minors import said_to_be_a_minor, said_to_be_a_minor_in
from haetae.flow.overview.rows import rows_of
from haetae.flow.overview.waiting import next_task, task_in_full
from haetae.flow.tasks.actions import CannotFinishError
from haetae.flow.tasks.rules import LONGEST_NOTE, SHORTEST_NOTE
from haetae.flow.tasks.whose import kinds_for
from haetae.web.access import needs
from haetae.web.console.finishing import Draft, task_page
from haetae.web.console.lines import line
from haetae.web.console.looks import budget, look_shown
from haetae.web.console.rights import official_of, roles_of
from haetae.web.words.looks import ALTERED, MINOR
from haetae.web.words.refusals import refusal_words

_STATUS: Final = {
    "look_not_yours": 403, "look_of_a_minor": 403, "nothing_to_judge": 409, "looks_used_up": 429,
    "looker_away": 503, "said_already": 409, "task_over": 409,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said(Draft):
    """What somebody says after a look; `marks` belong to a look before a decision."""

    marks: frozenset[str] = frozenset()


@needs(Permission.LOOK_TAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Ask for one look. Where the looker is away nothing is used up."""
    if request.method != "POST":
        return redirect("console:task", task_id)  # after a sign-in that came in between
    code = "looker_away"
    try:
        minor = said_to_be_a_minor(task_id)
        if asking.is_there(settings.HAETAE_HOME):
            begun = actions.begin_look(
                task_id=task_id,
                official_id=official_of(request).pk,
                reason=request.POST.get("reason", ""),
                step=request.POST.get("step", Step.BLURRED),
                said_minor=minor,
            )
            return redirect("console:looked", begun)
    except CannotLookError as refused:
        code = refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return task_page(request, task_id, Draft(problem=code), status=_STATUS.get(code, 422))


@needs(Permission.LOOK_TAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def look_before(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The same before a decision, also while nobody else can see it."""
    if request.method != "POST":
        return redirect("console:review", review_id)
    code = "looker_away"
    try:
        minor = said_to_be_a_minor_in(review_id)
        if asking.is_there(settings.HAETAE_HOME):
            begun = actions.begin_look_before(
                review_id=review_id,
                official_id=official_of(request).pk,
                reason=request.POST.get("reason", ""),
                step=request.POST.get("step", Step.BLURRED),
                said_minor=minor,
            )
            return redirect("console:looked", begun)
    except CannotLookError as refused:
        code = refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    shown = {
        "problem": refusal_words(code),
        "review_id": review_id,
        "budget": budget(official_of(request).pk),
    }
    return render(request, "console/look_refused.html", shown, status=_STATUS.get(code, 422))


@needs(Permission.LOOK_TAKE)
@require_safe
def looked(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """The page of one look; the picture is in it as long as it has not been shown."""
    return _page(request, _mine(request, look_id), Draft())


@needs(Permission.LOOK_TAKE)
@require_GET
def picture(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """The picture itself, once, for an image on our own page and for nothing else. It passes through memory alone."""
    found = _mine(request, look_id)
    if not _is_for_our_page(request):
        raise Http404  # not used up by an address that somebody opened or embedded elsewhere
    try:
        shown = asking.picture(found.pk, home=settings.HAETAE_HOME)
    except asking.NothingToShowError:
        return HttpResponse(status=410)
    except asking.LookerAwayError:
        return HttpResponse(status=503)
    return HttpResponse(shown, content_type="image/png", headers={"Content-Disposition": "inline"})


@needs(Permission.LOOK_TAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """Say what it is, that one cannot tell, or hand it on. Sent twice it is said once."""
    if request.method != "POST":
        return redirect("console:looked", look_id)
    found = _mine(request, look_id)
    draft = Said(
        outcome=request.POST.get("answer", ""),
        note=request.POST.get("note", "").replace("\r\n", "\n"),
        marks=frozenset(request.POST.getlist("marks")),
    )
    saying = _saying(draft, found)
    if saying is None:
        return _page(request, found, Draft(note=draft.note, problem="outcome_does_not_fit"), status=422)
    try:
        saying()
    except (CannotLookError, CannotFinishError) as refused:
        code = refused.code
        if code == "said_already" and found.answer == draft.outcome:
            return _back(found)
        shown = replace(draft, problem=code)
        return _page(request, _mine(request, look_id), shown, status=_STATUS.get(code, 422))
    if draft.outcome != Answer.HANDED_ON or found.task_id is None:
        return _back(found)
    following = next_task(after=found.task_id, reader=found.official_id, kinds=kinds_for(roles_of(request)))
    return redirect("console:task", following) if following else redirect("console:tasks")


def _back(found: Look) -> HttpResponse:
    if found.review_id is not None:
        return redirect("console:review", found.review_id)
    return redirect("console:task", found.task_id)


def _saying(draft: Said, found: Look) -> Callable[[], None] | None:
    who = {"look_id": found.pk, "official_id": found.official_id}
    if found.review_id is not None and draft.outcome in FINDINGS:
        answer, altered, minor = Answer(draft.outcome), "altered" in draft.marks, "minor" in draft.marks
        return lambda: actions.say_found(**who, answer=answer, altered=altered, minor=minor)
    ways: dict[str, Callable[[], None]] = {
        Answer.MATCH: partial(actions.say_match, **who, note=draft.note),
        Answer.SOMETHING_ELSE: partial(actions.say_something_else, **who, note=draft.note),
        Answer.CANNOT_TELL: partial(actions.say_cannot_tell, **who),
        Answer.HANDED_ON: partial(actions.hand_on, **who),
    }
    return ways.get(draft.outcome)


def _page(request: HttpRequest, found: Look, draft: Draft, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    row = rows_of([found.sighting])[0] if found.task_id is None else task_in_full(found.task_id).row
    facts = {
        "look": look_shown(request, found, now=now),
        "task_id": found.task_id,
        "line": line(row, now=now) if row else None,
        "marks": [("altered", ALTERED), ("minor", MINOR)],
        "draft": draft,
        "problem": refusal_words(draft.problem) if draft.problem else "",
        "shortest": SHORTEST_NOTE,
        "longest": LONGEST_NOTE,
    }
    return render(request, "console/look.html", facts, status=status)


def _mine(request: HttpRequest, look_id: UUID) -> Look:
    """Nobody sees the look of somebody else, nor learns that there is one."""
    try:
        return get_look(look_id, official_id=official_of(request).pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _is_for_our_page(request: HttpRequest) -> bool:
    """Browsers say what they ask for and from where; one that does not say is believed."""
    said = request.headers
    return (
        said.get("Sec-Fetch-Dest", "image") == "image"
        and said.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
