"""A worksheet as lines that somebody can read and work out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haetae.agencies.enforcement.sanctions.worksheet.facts import Line, Row, Unit, Worksheet
from haetae.law.facts import Source
from haetae.law.packs import Pack, load_pack
from haetae.law.sanctioning.facts import Factor, Level, Severity
from haetae.web.words.language import in_korean
from haetae.web.words.sanctions import LEVELS, won

_LINES: Final[Mapping[Line, str | Promise]] = {
    Line.SCORE: gettext_lazy("Score"),
    Line.YEAR: gettext_lazy("Revenue, year %(about)s of %(years)s"),
    Line.AVERAGE: gettext_lazy("Average revenue"),
    Line.BASE: gettext_lazy("Basic sum by the class"),
    Line.LIMIT: gettext_lazy("The most that the article allows"),
    Line.SHARE: gettext_lazy("Share by how often it happened"),
    Line.EARLIER: gettext_lazy("More for %(about)s earlier ones"),
    Line.EFFORT: gettext_lazy("%(about)s %% for effort and co-operation"),
    Line.CAP: gettext_lazy("Never more than"),
    Line.AMOUNT: gettext_lazy("The sum"),
}


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """`how` is the calculation in figures, `source` where its number comes from; `is_sum` the last line."""

    what: str
    how: str
    result: str
    source: str
    unchecked: bool
    is_sum: bool


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One factor as it was judged, with what it rests on."""

    factor: str
    level: str
    evidence: Sequence[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class SheetWords:
    lines: Sequence[SheetLine]
    judged: Sequence[Judgement]
    severity: str
    score: int | None
    amount: str
    cap: str
    article: str
    unchecked: int
    effort: str
    revenue_from: str


def sheet_words(sheet: Worksheet) -> SheetWords:
    pack = load_pack(sheet.law)
    case = sheet.surcharge
    found = next(one for one in pack.country.sanctions if one.sanction_id == sheet.article)
    effort = case.facts.effort if case else sheet.fine.facts.effort if sheet.fine else None
    return SheetWords(
        lines=[_line(row, sheet, pack) for row in sheet.rows],
        judged=[
            Judgement(
                factor=factor_words(one.factor, pack),
                level=str(LEVELS[one.level]),
                evidence=one.evidence,
                reason=one.reason,
            )
            for one in (case.facts.judged if case else ())
        ],
        severity=severity_words(sheet.severity, pack) if sheet.severity else "",
        score=sheet.score,
        amount=won(sheet.amount),
        cap=won(sheet.cap),
        article=found.citation_ko if in_korean() else found.citation_en,
        unchecked=len([row for row in sheet.unchecked if row.line is not Line.AMOUNT]),
        effort=effort.reason if effort else "",
        revenue_from=case.facts.revenue_from if case else "",
    )


def draft_text(sheet: Worksheet, *, kind: str, intent: str) -> str:
    """A proposal as its operator is to read it: the sum, every line of it, and what it rests on."""
    shown = sheet_words(sheet)
    told = [f"{kind}: {shown.amount}", shown.article, ""]
    told += [f"{row.what}: {row.result}{f' ({row.how})' if row.how else ''}" for row in shown.lines]
    return "\n".join(
        [*told, "", _("A proposal, and no law: rates and thresholds were not read."), "", intent]
    ).strip()


def factor_words(factor: Factor, pack: Pack) -> str:
    found = next(one for one in pack.surcharge.weights if one.factor is factor)
    return found.words_ko if in_korean() else found.words_en


def severity_words(severity: Severity, pack: Pack) -> str:
    found = next(one for one in pack.surcharge.classes if one.severity is severity)
    return found.words_ko if in_korean() else found.words_en


def _line(row: Row, sheet: Worksheet, pack: Pack) -> SheetLine:
    return SheetLine(
        what=_what(row, sheet, pack),
        how=row.calculation,
        result=won(row.result) if row.unit is Unit.WON else _("%(score)s points") % {"score": row.result},
        source=_source(row, pack),
        unchecked=not row.verified,
        is_sum=row.line is Line.AMOUNT,
    )


def _what(row: Row, sheet: Worksheet, pack: Pack) -> str:
    if row.line is Line.FACTOR:
        factor, level = row.about.split(".")
        return f"{factor_words(Factor(factor), pack)}: {LEVELS[Level(level)]}"
    if row.line is Line.SEVERITY:
        named = {"severity": severity_words(Severity(row.about), pack), "from": row.value}
        return _("Class: %(severity)s, from %(from)s points on") % named
    if row.line is Line.AMOUNT and row.about == "capped":
        return _("The sum, held down by the cap")
    years = len(sheet.surcharge.facts.revenues) if sheet.surcharge else 0
    about = f"{int(row.about):+d}" if row.line is Line.EFFORT else row.about
    words = str(_LINES[row.line])
    return words % {"about": about, "years": years} if "%(" in words else words


def _source(row: Row, pack: Pack) -> str:
    source = next((one for one in pack.sources if one.key == row.source), None)
    if source is None:
        return _("the lines above") if row.line in {Line.SCORE, Line.AVERAGE, Line.AMOUNT} else ""
    if row.article:
        return source.cite_ko(row.article) if in_korean() else source.cite_en(row.article)
    return _title(source)


def _title(source: Source) -> str:
    return source.title_ko if in_korean() else source.title_en
