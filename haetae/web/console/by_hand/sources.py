"""The page of how often people confirmed what each list brought before them, with how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.flow.overview.sources import NEWEST, Source, sources
from haetae.web.access import needs
from haetae.web.words.times import moment


@dataclass(frozen=True, kw_only=True)
class Line:
    """One list; shares in per cent."""

    name: str
    issuer: str
    numbers: Sequence[int]
    low: int
    middle: int
    high: int


@needs(Permission.MARK_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Lists alone: of nobody who reports anything is counted."""
    counted = lately("sources", sources, every=SUMS_EVERY)
    shown = {
        "lines": [_line(one) for one in counted.value],
        "newest": NEWEST,
        "counted": moment(counted.at, now=clock.now()),
    }
    return render(request, "console/sources.html", shown)


def _line(source: Source) -> Line:
    numbers = [source.confirmed, source.refuted]
    low, middle, high = (
        round(100 * share) for share in (source.low, source.confirmed / sum(numbers), source.high)
    )
    return Line(name=source.name, issuer=source.issuer, numbers=numbers, low=low, middle=middle, high=high)
