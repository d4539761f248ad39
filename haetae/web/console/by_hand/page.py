"""The page of places at which people decide: what stands, the form that marks one, and who ends what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.by_hand import actions, queries
from haetae.flow.by_hand.actions import CannotMarkError
from haetae.flow.by_hand.rules import PLACE_LONGEST, REFERENCE_LONGEST
from haetae.flow.by_hand.states import EndGround, Ground
from haetae.web.access import needs
from haetae.web.console.by_hand.lines import mark_line, storm_line
from haetae.web.console.rights import may, official_of
from haetae.web.words.agencies import Officials
from haetae.web.words.by_hand import END_GROUNDS, GROUNDS, refusal_words

_STORMS_SHOWN: Final = 20


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent, or an empty form."""

    place: str = ""
    ground: str = ""
    reference: str = ""


@needs(Permission.MARK_READ)
@require_safe
def marks(request: HttpRequest) -> HttpResponse:
    """Everything that is or was marked, and the storms."""
    return _page(request)


@needs(Permission.MARK_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Mark a place. Sent twice it is marked once."""
    if request.method != "POST":
        return redirect("console:marks")  # after a sign-in that came in between
    sent = request.POST
    draft = Draft(
        place=sent.get("place", "").strip(),
        ground=sent.get("ground", ""),
        reference=sent.get("reference", "").strip(),
    )
    if draft.ground not in set(Ground):
        return _page(request, draft, problem="mark_ground_missing", status=422)
    try:
        actions.mark_place(
            typed=draft.place,
            ground=Ground(draft.ground),
            reference=draft.reference,
            official_id=official_of(request).pk,
        )
    except CannotMarkError as refused:
        return _page(request, draft, problem=refused.code, status=422)
    return redirect("console:marks")


@needs(Permission.MARK_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def want_ended(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """One official wants it ended, for a reason."""
    ground = request.POST.get("ground", "")
    if request.method == "POST" and ground not in set(EndGround):
        return _page(request, problem="mark_end_ground_missing", status=422)

    def act(official_id: UUID) -> None:
        actions.ask_to_end(mark_id=mark_id, ground=EndGround(ground), official_id=official_id)

    return _acted(request, act)


@needs(Permission.MARK_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """Another official agrees that it ends."""
    return _acted(request, lambda official_id: actions.end_mark(mark_id=mark_id, official_id=official_id))


@needs(Permission.MARK_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """It stays."""
    return _acted(request, lambda official_id: actions.keep_mark(mark_id=mark_id, official_id=official_id))


@needs(Permission.MARK_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def looked(request: HttpRequest, storm_id: UUID) -> HttpResponse:
    """An official says that they looked at what is reported there."""
    return _acted(
        request, lambda official_id: actions.looked_at_storm(storm_id=storm_id, official_id=official_id)
    )


def _acted(request: HttpRequest, act: Callable[[UUID], None]) -> HttpResponse:
    if request.method == "POST":
        try:
            act(official_of(request).pk)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except CannotMarkError as refused:
            return _page(request, problem=refused.code, status=409)
    return redirect("console:marks")


def _page(
    request: HttpRequest, draft: Draft | None = None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    now, found = clock.now(), list(queries.marks())
    storms = queries.newest_storms(limit=_STORMS_SHOWN)
    people = [who for mark in found for who in (mark.marked_by_id, mark.end_asked_by_id, mark.ended_by_id)]
    officials = Officials(who for who in [*people, *(storm.looked_by_id for storm in storms)] if who)
    lines = [mark_line(mark, officials, now=now, me=official_of(request).pk) for mark in found]
    shown = [storm_line(storm, officials, now=now) for storm in storms]
    facts = {
        "standing": [line for line in lines if not line.ended],
        "ended": [line for line in lines if line.ended],
        "storming": [line for line in shown if line.stands],
        "past": [line for line in shown if not line.stands],
        "may_set": may(request, Permission.MARK_SET),
        "draft": draft or Draft(),
        "problem": refusal_words(problem) if problem else "",
        "grounds": GROUNDS.items(),
        "end_grounds": END_GROUNDS.items(),
        "most": REFERENCE_LONGEST,
        "place_most": PLACE_LONGEST,
    }
    return render(request, "console/marks.html", facts, status=status)
