"""The page of the policy lead: months that are over, each as it would be published, and the button."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.statistics.actions import CannotPublishError, publish
from haetae.agencies.statistics.counting import ends_at
from haetae.agencies.statistics.queries import Draft, draft_of, months, published
from haetae.agencies.statistics.rules import Reason, month_before
from haetae.agencies.statistics.rules import month_of as month_of_day
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, Counted, lately
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.published.months import day_words, month_of, month_words, revision_words
from haetae.web.words.statistics import REASONS, refusal_words
from haetae.web.words.times import moment

_SHOWN: Final = 24


@needs(Permission.STATISTICS_PUBLISH)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The months that are over, the newest first, and which of them everybody can read."""
    known = {row.month: row for row in months()}
    rows = [
        {
            "month": month,
            "words": month_words(month),
            "row": (row := known.get(month)),
            "day": day_words(row.published_at) if row else "",
        }
        for month in _months_over()
    ]
    return render(request, "console/statistics/listed.html", {"rows": rows})


@needs(Permission.STATISTICS_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, month: str) -> HttpResponse:
    """What everybody would read of it, counted a moment ago. Sent, it is published as it was read, or not at all."""
    if clock.now() < ends_at(month):
        raise Http404
    if request.method != "POST":
        return _page(request, month)
    chosen = request.POST.get("reason", "")
    if chosen and chosen not in set(Reason):
        return _page(request, month, problem="reason_unknown")
    try:
        publish(
            month=month,
            seen=request.POST.get("seen", ""),
            official_id=official_of(request).pk,
            reason=Reason(chosen) if chosen else None,
        )
    except CannotPublishError as problem:
        return _page(request, month, problem=problem.code, chosen=chosen)
    return redirect("console:statistics")


def _months_over() -> list[str]:
    found = [month_before(month_of_day(timezone.localdate(clock.now())))]
    while len(found) < _SHOWN:
        found.append(month_before(found[-1]))
    return found


def _page(request: HttpRequest, month: str, *, problem: str = "", chosen: str = "") -> HttpResponse:
    now, counted = clock.now(), _draft(month, afresh=bool(problem))
    draft, before = counted.value, published(month)
    shown = {
        "draft": draft,
        "month": month_of(draft.body),
        "before": [(row, day_words(row.published_at), revision_words(row)) for row in before],
        "reasons": [(str(reason), words) for reason, words in REASONS.items()],
        "chosen": chosen,
        "problem": refusal_words(problem) if problem else "",
        "counted": moment(counted.at, now=now),
    }
    return render(request, "console/statistics/one.html", shown, status=422 if problem else 200)


def _draft(month: str, *, afresh: bool) -> Counted[Draft]:
    """After a refusal it is counted at once, so that what is read then can be published."""
    if afresh:
        return Counted(value=draft_of(month), at=clock.now(), read_s=0.0, took_s=0.0)
    return lately(f"statistics {month}", lambda: draft_of(month), every=SUMS_EVERY)
