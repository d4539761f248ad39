"""The operator's own numbers, by legal basis and by channel; nobody else's are here."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.flow.removal.numbers.figures import apart
from haetae.flow.removal.numbers.queries import numbers_of
from haetae.operators.appeals.figures import figures
from haetae.operators.statements.queries import statements_of
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.words.figures import PERIODS, apart_words, days_asked, figure_line
from haetae.web.words.times import moment


@needs(Permission.REQUEST_READ)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """What was asked in the last days, and what became of it."""
    now, days, operator = clock.now(), days_asked(request.GET.get("days", "")), operator_of_request(request)
    since = now - timedelta(days=days)
    counted = lately(
        f"numbers {operator.pk} {days}",
        lambda: numbers_of(operator.pk, since=clock.now() - timedelta(days=days)),
        every=SUMS_EVERY,
    )
    found = counted.value
    difference = apart(found.by_basis)
    shown = {
        "whole": figure_line(found.whole, now=now),
        "by_basis": [figure_line(one, now=now) for one in found.by_basis],
        "by_channel": [figure_line(one, now=now) for one in found.by_channel],
        "apart": apart_words(difference, now=now) if difference else "",
        "objections": figures(operator_id=operator.pk, since=since),
        "days": days,
        "counted": moment(counted.at, now=now),
        "periods": PERIODS,
    }
    return render(request, "operator/numbers.html", shown)


@needs(Permission.REQUEST_READ)
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """The operator's own statements of reasons of that time, as a file for the EU's database."""
    days = days_asked(request.GET.get("days", ""))
    since = timezone.localdate(clock.now() - timedelta(days=days))
    answer = JsonResponse(dict(statements_of(operator_of_request(request), since=since)))
    answer["Content-Disposition"] = f'attachment; filename="statements-{since}.json"'
    return answer
