"""The page of how often people confirmed what each list brought before them, with how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.flow.overview.sources import NEWEST, Source, sources
from haetae.web.access import needs


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
    lines = [_line(one) for one in sources()]
    return render(request, "console/sources.html", {"lines": lines, "newest": NEWEST})


def _line(source: Source) -> Line:
    low, middle, high = (round(100 * share) for share in source.share)
    numbers = [source.confirmed, source.refuted]
    return Line(name=source.name, issuer=source.issuer, numbers=numbers, low=low, middle=middle, high=high)
