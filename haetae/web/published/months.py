"""The document of one month as sections: a sentence that says what is found, a chart, a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haetae.agencies.statistics import dictionary
from haetae.agencies.statistics.measures import MEASURES, By
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.queries import line_of
from haetae.agencies.statistics.tables import Document
from haetae.web.charts import Chart, bars, hidden_words
from haetae.web.words.times import span

_HAPPENED: Final = ("requests", "claimed", "verified", "claim_false", "refused", "reappeared")
_ERRORS: Final = ("wrongful", "restored", "appeals_filed", "appeals_upheld")
_PRECISION: Final = ("models_checked", "hashes_checked")


@dataclass(frozen=True, kw_only=True)
class Section:
    """`rows` are the table under the chart: what, how much in words. `note` is empty where there is nothing to add."""

    title: str
    chart: Chart
    head: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TimeRow:
    who: str
    median: str
    p90: str


@dataclass(frozen=True, kw_only=True)
class Month:
    name: str
    sums: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    times: Sequence[TimeRow]
    fewest: int


def month_of(document: Document, published: Sequence[PublishedMonth] = ()) -> Month:
    """`published`: all months, for the picture of how it went on."""
    return Month(
        name=month_words(document["month"]),
        sums=[(_entry(one.name).title, _number(document, one.name)) for one in MEASURES],
        sections=list(_sections(document, published)),
        times=list(_times(document)),
        fewest=document["fewest"],
    )


def month_words(month: str) -> str:
    year, number = map(int, month.split("-"))
    return date_format(date(year, number, 1), _("F Y"))


def revision_words(row: PublishedMonth) -> str:
    """Empty for what was never corrected."""
    return dictionary.reason_words(row.reason, _language()) if row.reason else ""


def day_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), _("j F Y"))


def _sections(document: Document, published: Sequence[PublishedMonth]) -> Iterator[Section]:
    yield _totals(document, "happened", _HAPPENED, _happened(document))
    if len(published) > 1:
        for name in ("requests", "verified"):
            yield _over_months(document, published, name)
    for one in MEASURES:
        for by in one.by if _total(document, one.name) != 0 else ():
            rows = document["measures"][one.name]["by"][by]
            note = _precision(rows) if one.name in _PRECISION else ""
            yield _parts(document, one.name, by, rows, note=note)
    yield _totals(document, "errors", _ERRORS, _errors(document))


def _totals(document: Document, name: str, measures: Sequence[str], title: str) -> Section:
    entries = [_entry(one) for one in measures]
    rows = [(entry.title, _total(document, one)) for entry, one in zip(entries, measures, strict=True)]
    unit = ", ".join(dict.fromkeys(entry.unit for entry in entries))
    return _section(document, name, title, unit, rows, head=(_("what"), _("in the month")))


def _over_months(document: Document, published: Sequence[PublishedMonth], name: str) -> Section:
    entry = _entry(name)
    rows = [(month_words(month), count) for month, count in line_of(published, name)]
    title = _("%(title)s, month by month") % {"title": entry.title}
    return _section(document, f"months-{name}", title, entry.unit, rows, head=(_("month"), entry.title))


def _parts(document: Document, name: str, by: By, rows: list[list[Any]] | None, *, note: str = "") -> Section:
    entry, by_words = _entry(name), dictionary.by_words(by, _language())
    told = [(dictionary.part_words(part, _language()), count) for part, count in rows or ()]
    facts = {"title": entry.title, "by": by_words, "total": _number(document, name)}
    title = _("%(title)s by %(by)s: %(total)s") % facts
    if not told:
        note = _("Too few to be taken apart.") if _total(document, name) is None or rows is None else note
    return _section(
        document, f"{name}-{by}", title, entry.unit, told, head=(by_words, entry.title), note=note
    )


def _section(
    document: Document,
    name: str,
    title: str,
    unit: str,
    rows: Sequence[tuple[str, int | None]],
    *,
    head: tuple[str, str],
    note: str = "",
) -> Section:
    fewest = document["fewest"]
    return Section(
        title=title,
        chart=bars(rows, name=name.replace("_", "-"), title=title, unit=unit, fewest=fewest),
        head=head,
        rows=[(label, _shown(count, fewest)) for label, count in rows],
        note=note,
    )


def _times(document: Document) -> Iterator[TimeRow]:
    for rows in document["times"].values():
        for part, median, p90 in rows:
            yield TimeRow(
                who=dictionary.part_words(part, _language()), median=_length(median), p90=_length(p90)
            )


def _length(seconds: int | None) -> str:
    return _("too few") if seconds is None else span(timedelta(seconds=seconds)) or _("under 1 min")


def _happened(document: Document) -> str:
    """The one sentence of a month: the word of the operators beside what we saw."""
    claimed, verified = _total(document, "claimed"), _total(document, "verified")
    if (
        not _total(document, "requests")
        and not claimed
        and not verified
        and _total(document, "requests") == 0
    ):
        return _("Nothing was asked of operators")
    facts = {name: _number(document, name) for name in ("requests", "claimed", "verified")}
    return _("Asked: %(requests)s. Said removed: %(claimed)s. Seen gone by us: %(verified)s") % facts


def _errors(document: Document) -> str:
    if _total(document, "wrongful") == 0:
        return _("No request of ours was decided to be wrong")
    return _("Requests of ours that were decided to be wrong: %(count)s") % {
        "count": _number(document, "wrongful")
    }


def _precision(rows: list[list[Any]] | None) -> str:
    """Of those about which people could tell; only where both numbers are shown."""
    told = dict(rows or ())
    right, wrong = told.get("match"), told.get("something_else")
    if right is None or wrong is None or not right + wrong:
        return ""
    facts = {"percent": round(100 * right / (right + wrong)), "right": right, "all": right + wrong}
    return _("Precision: %(percent)s %% (%(right)s of %(all)s).") % facts


def _entry(name: str) -> dictionary.Entry:
    return dictionary.entry(name, _language())


def _total(document: Document, name: str) -> int | None:
    total: int | None = document["measures"][name]["total"]
    return total


def _number(document: Document, name: str) -> str:
    return _shown(_total(document, name), document["fewest"])


def _shown(count: int | None, fewest: int) -> str:
    return hidden_words(fewest) if count is None else str(intcomma(count))


def _language() -> str:
    return get_language() or "en"
