"""Before an act the operator is heard: what waits for its word, one page for each, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.common.states import may_move
from haetae.flow.hearings import actions, queries
from haetae.flow.hearings.actions import CannotHearError
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.rules import LONGEST, SHORTEST
from haetae.flow.hearings.states import MOVES, About, Party, State, Unheard, Way
from haetae.web import errors
from haetae.web.access import needs, refusal
from haetae.web.hearings.subjects import ANSWERS, SUBJECTS, Place, answerable
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import official_of, roles_of
from haetae.web.words.clocks import at_the_desk
from haetae.web.words.hearings import ABOUT, ASKS, UNHEARD, WAYS, desk_mark
from haetae.web.words.refusals import refusal_words
from haetae.web.words.states import StateMark
from haetae.web.words.times import Moment, moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between
_PAGE: Final = 50
_TOO_LATE: Final = frozenset({"hearing_over", "hearing_closed"})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One hearing in the list."""

    hearing_id: UUID
    number: str
    about: str
    mark: StateMark
    until: str
    left: Moment | None
    is_open: bool


@needs(Permission.REQUEST_ANSWER)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What this reader may answer, what waits first; of the rest only how much waits."""
    operator, mine = operator_of_request(request), answerable(request)
    rows = list(
        queries.at_operator(operator.pk).select_related("operator").filter(about__in=sorted(mine))[:_PAGE]
    )
    others = queries.waiting_at(operator.pk, about=set(About) - mine)
    shown = {"lines": [_line(row) for row in rows], "others": others, "most": _PAGE}
    return render(request, "operator/hearings.html", shown)


@needs(Permission.REQUEST_ANSWER)
@require_safe
def one(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """What the act is about, by when, and the form, or what was said."""
    return _with(request, hearing_id, lambda found: _page(request, found))


@needs(Permission.REQUEST_ANSWER)
@require_http_methods(_GET_TOO)
def say(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """The opinion, or that there is none. Sent twice it is said once; what was written is never lost."""
    if request.method != "POST":
        return redirect("operator:hearing", hearing_id)
    return _with(request, hearing_id, lambda found: _said(request, found))


def _said(request: HttpRequest, found: Hearing) -> HttpResponse:
    text = request.POST.get("opinion", "").replace("\r\n", "\n")[: LONGEST + 1]
    actor = official_actor(official_of(request).pk)
    try:
        if request.POST.get("word") == "nothing":
            actions.waived(hearing_id=found.pk, actor=actor)
        else:
            actions.heard(hearing_id=found.pk, opinion=text, actor=actor)
    except CannotHearError as refused:
        if refused.code in _TOO_LATE:
            _record(found, code=refused.code, request=request)
        status = 409 if refused.code in _TOO_LATE else 422
        return _page(request, found, problem=refused.code, text=text, status=status)
    return redirect("operator:hearing", found.pk)


def _with(request: HttpRequest, hearing_id: UUID, then: Callable[[Hearing], HttpResponse]) -> HttpResponse:
    """Another's hearing is not there, and the try is kept; so is a try of somebody whose role does not answer it."""
    try:
        found = queries.for_operator(hearing_id, operator_id=operator_of_request(request).pk)
    except Hearing.DoesNotExist:
        other = queries.anybodys(hearing_id)
        if other is not None:
            _record(other, code="not_yours", request=request)
        return render(request, "operator/no_hearing.html", status=404)
    why = refusal(ANSWERS[About(found.about)], roles=roles_of(request))
    if why is not None:
        _record(found, code="not_your_role", request=request)
        return errors.refused(request, why=why)
    return then(found)


def _record(found: Hearing, *, code: str, request: HttpRequest) -> None:
    actions.refused(
        about=About(found.about),
        subject_id=found.subject_id,
        party=Party(found.party),
        code=code,
        actor=official_actor(official_of(request).pk),
    )


def _page(
    request: HttpRequest, found: Hearing, *, problem: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    about, state, zone = About(found.about), State(found.state), operator_of_request(request).zone
    is_open = found.closed_at is None
    shown: dict[str, Any] = {
        "line": _line(found),
        "asks": ASKS[about] if is_open and may_move(MOVES, state, State.HEARD) else "",
        "matter": found.matter or "",
        "linked": _linked(about, found.subject_id),
        "opinion": found.opinion,
        "way": WAYS[Way(found.way)] if found.way else "",
        "exception": UNHEARD[Unheard(found.exception)] if found.exception else "",
        "said_at": at_the_desk(found.changed_at, zone=zone),
        "may_say": is_open and may_move(MOVES, state, State.HEARD),
        "may_waive": is_open and may_move(MOVES, state, State.WAIVED),
        "is_over": not is_open,
        "problem": refusal_words(problem) if problem else "",
        "text": text,
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
    return render(request, "operator/hearing.html", shown, status=status)


def _linked(about: About, subject_id: UUID) -> Place | None:
    try:
        return SUBJECTS[about](subject_id).desk if about in SUBJECTS else None
    except ObjectDoesNotExist:
        return None  # what was said stays readable, whatever became of the draft


def _line(row: Hearing) -> Line:
    waits = State(row.state) is State.ASKED and row.until is not None
    assert row.operator is not None, "what is listed at a desk is that operator's"
    return Line(
        hearing_id=row.pk,
        number=str(row.subject_id)[:8],
        about=str(ABOUT[About(row.about)]),
        mark=desk_mark(State(row.state)),
        until=at_the_desk(row.until, zone=row.operator.zone) if row.until else "",
        left=moment(row.until, now=clock.now()) if waits and row.until else None,
        is_open=waits,
    )
