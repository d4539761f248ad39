"""The public page of operators' reports by year, and the same as a file."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.agencies.enforcement.filings.comparing import SHOWN_FROM
from haetae.agencies.enforcement.filings.queries import public_years
from haetae.common.cells import harmless
from haetae.web.access import public
from haetae.web.portal.transparency.lines import Shown, finding, lines_of


@public
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest year of which something can be said."""
    years = public_years()
    return _page(request, years[0] if years else None)


@public
@require_safe
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    if year not in public_years():
        raise Http404
    return _page(request, year)


@public
@require_safe
def table(_request: HttpRequest, year: int) -> HttpResponse:
    """The same numbers for programs that read tables."""
    if year not in public_years():
        raise Http404
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reports-{year}.csv"'
    rows = csv.writer(answer)
    rows.writerow(
        [
            _("operator"), _("state"), _("requests that it reports"), _("removals that it reports"),
            _("requests that we made"), _("of these seen gone"),
        ]
    )  # fmt: skip
    for line in lines_of(year):
        rows.writerow(_row(line))
    return answer


def _row(line: Shown) -> list[str]:
    few = _("fewer than %(count)s, or not shown") % {"count": SHOWN_FROM}
    name = harmless(line.name)
    if not line.has_report:
        return [name, line.state, "", "", "", ""]
    ours = [few if number is None else str(number) for number in (line.asked, line.verified)]
    return [name, line.state, str(line.received), str(line.removed), *ours]


def _page(request: HttpRequest, year: int | None) -> HttpResponse:
    lines = lines_of(year) if year is not None else []
    shown = {
        "year": year,
        "years": public_years(),
        "lines": lines,
        "finding": finding(lines) if lines else "",
        "few": SHOWN_FROM,
    }
    return render(request, "portal/transparency/page.html", shown)
