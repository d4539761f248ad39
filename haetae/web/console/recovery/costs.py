"""What a piece of work costs, as the ministry has set it. A price is never changed: another one follows it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.recovery.costs import queries
from haetae.agencies.recovery.costs.actions import CannotSetCostError, set_cost
from haetae.agencies.recovery.rules import TEXT_LONGEST
from haetae.agencies.recovery.states import Work
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, day_in, number_in
from haetae.web.words.recovery import WORK, recovery_refusal
from haetae.web.words.sanctions import won

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def costs(request: HttpRequest) -> HttpResponse:
    """All prices that ever held, and the form for another."""
    if request.method != "POST":
        return _page(request)
    try:
        work = request.POST.get("work", "")
        if work not in set(Work):
            raise IncompleteError("cost_work")
        set_cost(
            work=Work(work),
            won=number_in(request.POST.get("won", "")),
            since=day_in(request, "since", code="cost_since"),
            source=request.POST.get("source", ""),
            official_id=official_of(request).pk,
        )
    except (CannotSetCostError, IncompleteError) as problem:
        return _page(request, problem=str(problem), status=422)
    return redirect("console:charge_costs")


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "rows": [
            {
                "work": WORK[Work(row.work)],
                "won": won(row.won),
                "since": row.since,
                "source": row.source,
                "by": row.set_by.get_username(),
            }
            for row in queries.all_costs()
        ],
        "works": list(WORK.items()),
        "source_most": TEXT_LONGEST,
        "today": timezone.localdate(clock.now()).isoformat(),
        "sent": request.POST,
        "problem": recovery_refusal(problem) if problem else "",
    }
    return render(request, "console/recovery/costs.html", shown, status=status)
