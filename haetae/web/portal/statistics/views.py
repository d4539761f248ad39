"""Pages of the monthly figures. Everything on them was stored when it was published; nothing is counted here."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from haetae.agencies.statistics import dictionary
from haetae.agencies.statistics.hiding import FEWEST
from haetae.agencies.statistics.history import Figure, history
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.opendata import files_of
from haetae.agencies.statistics.queries import months, newest, published
from haetae.agencies.statistics.queries import of_revision as _of_revision
from haetae.web.access import public
from haetae.web.charts import hidden_words
from haetae.web.published.months import day_words, month_of, month_words, revision_words

_TYPES: Final = {"csv": "text/csv", "json": "application/json", "md": "text/markdown", "txt": "text/plain"}


@public
@require_safe
def newest_month(request: HttpRequest) -> HttpResponse:
    rows = months()
    return _page(request, rows[0] if rows else None)


@public
@require_safe
def of_month(request: HttpRequest, month: str) -> HttpResponse:
    """As it was published last."""
    return _page(request, _found(newest(month)))


@public
@require_safe
def of_revision(request: HttpRequest, month: str, revision: int) -> HttpResponse:
    return _page(request, _found(_of_revision(month, revision)))


@public
@require_safe
def file(_request: HttpRequest, month: str, revision: int, name: str) -> HttpResponse:
    """The same file that the command writes."""
    files = files_of(_found(_of_revision(month, revision)))
    if name not in files:
        raise Http404
    kind = _TYPES.get(name.rpartition(".")[2], "text/plain")
    answer = HttpResponse(files[name], content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{month}-{revision}-{name}"'
    return answer


@public
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    language = get_language() or "en"
    entries = [
        (one, month_words(one.since), ", ".join(dictionary.by_words(by, language) for by in one.by))
        for one in dictionary.entries(language)
    ]
    return render(request, "portal/statistics/definitions.html", {"entries": entries, "fewest": FEWEST})


@public
@require_safe
def before_us(request: HttpRequest) -> HttpResponse:
    """What others published, beside our newest month; never in one sum."""
    rows = months()
    figures = [_beside(figure, rows[0] if rows else None) for figure in history(get_language() or "en")]
    month = month_words(rows[0].month) if rows else ""
    return render(request, "portal/statistics/history.html", {"figures": figures, "month": month})


def _beside(figure: Figure, row: PublishedMonth | None) -> dict[str, Any]:
    ours: str | int = ""
    if figure.beside and row is not None:
        total = row.document["measures"][figure.beside]["total"]
        ours = hidden_words(row.document["fewest"]) if total is None else total
    title = dictionary.entry(figure.beside, get_language() or "en").title if figure.beside else ""
    return {"figure": figure, "period": figure.period.replace("/", " – "), "ours": ours, "title": title}


def _found(row: PublishedMonth | None) -> PublishedMonth:
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, row: PublishedMonth | None) -> HttpResponse:
    if row is None:
        return render(request, "portal/statistics/page.html", {})
    everything, here = months(), published(row.month)
    shown = {
        "row": row,
        "month": month_of(row.document, everything),
        "reason": revision_words(row),
        "day": day_words(row.published_at),
        "is_newest": here[0].pk == row.pk,
        "revisions": [(one, day_words(one.published_at), revision_words(one)) for one in here],
        "months": [(one.month, month_words(one.month)) for one in everything],
        "files": sorted(files_of(row)),
    }
    return render(request, "portal/statistics/page.html", shown)
