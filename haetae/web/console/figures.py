"""Sums for whoever coordinates, and for whoever audits: no case, no place, nobody by name. As a page and as CSV."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.statistics.hiding import FEWEST, Shown
from haetae.common import clock
from haetae.common.cells import harmless
from haetae.flow.overview.figures.tables import Figures, figures
from haetae.flow.overview.lately import SUMS_EVERY, Counted, lately
from haetae.flow.review.commission.queries import standing
from haetae.web.access import needs
from haetae.web.words.commission import quorum_words
from haetae.web.words.sums import column_words, row_words
from haetae.web.words.times import moment, span

_TITLES: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "requests": (_("What came of what was asked of operators"), _("Requests to operators, by month")),
    "by_operator": (_("Operators: their word, and what we saw"), _("Requests to operators, by operator")),
    "people": (_("People who asked for help, by age"), _("Cases, by month")),
    "reports": (_("Who reports"), _("Reports, by month")),
    "reviews": (_("What waits for a decision, and how long"), _("Reviews that wait now")),
    "blocks": (_("Temporary blocks"), _("Blocks, by where they stand now")),
    "orders": (_("Corrective orders"), _("Orders, by where they stand now")),
    "sanctions": (_("Surcharges and fines"), _("Sanctions, by where they stand now")),
    "platforms": (_("How platforms answer investigators"), _("Requests for data, by platform")),
    "referrals": (_("What agencies hand to each other"), _("Referrals, by sender and receiver")),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """`share` is how long its bar is, of the longest one; None where its sum is hidden."""

    words: str
    numbers: Sequence[tuple[str, int | None]]
    total: int | None
    share: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    title: str
    unit: str
    columns: Sequence[str]
    lines: Sequence[Line]
    sums: Sequence[tuple[str, int | None]]
    whole: int | None


@needs(Permission.FIGURES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every table with a bar to each row."""
    now, counted = clock.now(), _figures_lately()
    found = counted.value
    until_gone = [
        (row_words("requests", month), (span(length) or gettext("a moment")) if length else "")
        for month, length in found.until_gone.items()
    ]
    shown = {
        "tables": list(_tables(found)),
        "until_gone": until_gone,
        "quorum": quorum_words(standing()),
        "some_gone": any(words for _month, words in until_gone),
        "fewest": FEWEST,
        "counted": moment(counted.at, now=now),
    }
    return render(request, "console/figures.html", shown)


@needs(Permission.FIGURES_READ)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view is handed the request
    """The same numbers, one a line; what is hidden is empty here too."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{clock.now():%Y-%m-%d}.csv"'
    writer = csv.writer(answer)
    writer.writerow(["table", "row", "column", "count"])
    for name, table in _found(_figures_lately().value):
        for row, cells in zip(table.rows, table.cells, strict=True):
            for column, number in zip(table.columns, cells, strict=True):
                writer.writerow([name, harmless(row), column, "" if number is None else number])
    return answer


def _figures_lately() -> Counted[Figures]:
    """The same for the page and for the file: who loads one after the other can compare them."""
    return lately("figures", lambda: figures(at=clock.now()), every=SUMS_EVERY)


def _found(found: Figures) -> Iterator[tuple[str, Shown]]:
    for name in _TITLES:
        table: Shown | None = getattr(found, name)
        if table is not None:
            yield name, table


def _tables(found: Figures) -> Iterator[Table]:
    for name, table in _found(found):
        columns = [column_words(name, column) for column in table.columns]
        longest = max((total for total in table.totals if total), default=0)
        title, unit = _TITLES[name]
        yield Table(
            name=name,
            title=str(title),
            unit=str(unit),
            columns=columns,
            lines=[
                Line(
                    words=row_words(name, row),
                    numbers=list(zip(columns, cells, strict=True)),
                    total=total,
                    share=None if total is None else round(100 * total / longest) if longest else 0,
                )
                for row, cells, total in zip(table.rows, table.cells, table.totals, strict=True)
                if total != 0
            ],
            sums=list(zip(columns, table.sums, strict=True)),
            whole=table.whole,
        )
