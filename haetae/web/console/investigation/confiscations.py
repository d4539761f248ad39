"""What lies before the prosecutor: proceeds that officers propose. The court is asked for them, or not."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.proceeds import actions, queries
from haetae.agencies.investigation.proceeds.actions import CannotTraceError
from haetae.agencies.investigation.proceeds.states import DECIDED, State
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.investigation.proceeds import confiscation_article, shown_of
from haetae.web.console.rights import official_of
from haetae.web.words.proceeds import STATES, proceeds_refusal
from haetae.web.words.times import moment

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.CONFISCATION_DECIDE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits first. What it is shows on its own page alone."""
    now = clock.now()
    rows = [
        {
            "id": row.pk,
            "tone": STATES[State(row.state)][0],
            "shape": STATES[State(row.state)][1],
            "words": STATES[State(row.state)][2],
            "proposed": moment(row.proposed_at, now=now) if row.proposed_at else None,
            "offence_on": row.offence_on,
        }
        for row in queries.laid_open()
    ]
    return render(request, "console/investigation/confiscations.html", {"rows": rows})


@needs(Permission.CONFISCATION_DECIDE)
@require_safe
def one(request: HttpRequest, proceeds_id: UUID) -> HttpResponse:
    """What was laid open, and the decision about it."""
    return _page(request, proceeds_id)


@needs(Permission.CONFISCATION_DECIDE)
@require_http_methods(GET_TOO)
def decide(request: HttpRequest, proceeds_id: UUID) -> HttpResponse:
    """The court is asked for it, or not."""
    if request.method != "POST":
        return redirect("console:confiscation", proceeds_id)
    official, outcome = official_of(request), request.POST.get("outcome", "")
    _found(request, proceeds_id)
    try:
        if outcome not in DECIDED:
            raise CannotTraceError("proceeds_outcome")
        actions.decide(
            proceeds_id=proceeds_id,
            outcome=State(outcome),
            reason=request.POST.get("reason", "").replace("\r\n", "\n"),
            official_id=official.pk,
        )
    except CannotTraceError as problem:
        actions.refused(proceeds_id=proceeds_id, code=str(problem), official_id=official.pk)
        return _page(request, proceeds_id, problem=str(problem), status=409)
    return redirect("console:confiscation", proceeds_id)


def _found(request: HttpRequest, proceeds_id: UUID) -> queries.Opened:
    """404 for what was not laid open, and for whoever worked on it; a form that such a one sent is written down."""
    official = official_of(request)
    try:
        return queries.for_decision(proceeds_id, official_id=official.pk)
    except NotYoursError as problem:
        if request.method == "POST":
            actions.refused(proceeds_id=proceeds_id, code=str(problem), official_id=official.pk)
        raise Http404 from problem


def _page(request: HttpRequest, proceeds_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = _found(request, proceeds_id)
    shown = {
        "one": shown_of(found),
        "is_to_decide": found.row.state == State.PROPOSED,
        "sent": request.POST if problem else {},
        "problem": proceeds_refusal(problem) if problem else "",
        **confiscation_article(),
    }
    return render(request, "console/investigation/confiscation.html", shown, status=status)
