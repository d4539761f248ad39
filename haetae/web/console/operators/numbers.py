"""All operators side by side: how each answers, by legal basis and channel. No picture and no person is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.accounts.queries import operators
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.flow.removal.numbers.figures import apart
from haetae.flow.removal.numbers.queries import Numbers, all_numbers
from haetae.web.access import needs
from haetae.web.words.figures import PERIODS, FigureLine, apart_words, days_asked, figure_line
from haetae.web.words.times import moment


@dataclass(frozen=True, kw_only=True)
class OperatorShown:
    """`apart` says aloud that it answers one ground otherwise than another; empty where it does not."""

    name: str
    whole: FigureLine
    groups: Sequence[FigureLine]
    apart: str


@needs(Permission.HEALTH_READ)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Those first who answer one ground otherwise than another, then by how much they were asked."""
    now, days = clock.now(), days_asked(request.GET.get("days", ""))
    counted = lately(
        f"numbers {days}", lambda: all_numbers(since=clock.now() - timedelta(days=days)), every=SUMS_EVERY
    )
    found = counted.value
    named = [(operator.name, found[operator.pk]) for operator in operators() if operator.pk in found]
    shown = [_shown(name, one, now=now) for name, one in named]
    shown.sort(key=lambda one: (not one.apart, -one.whole.figures.asked, one.name))
    facts = {"operators": shown, "days": days, "periods": PERIODS, "counted": moment(counted.at, now=now)}
    return render(request, "console/operators/numbers.html", facts)


def _shown(name: str, numbers_: Numbers, *, now: datetime) -> OperatorShown:
    difference = apart(numbers_.by_basis)
    return OperatorShown(
        name=name,
        whole=figure_line(numbers_.whole, now=now),
        groups=[figure_line(one, now=now) for one in numbers_.by_both],
        apart=apart_words(difference, now=now) if difference else "",
    )
