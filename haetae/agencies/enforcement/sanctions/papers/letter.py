"""A notice as a document in both languages. Pure. No address of a picture and no person is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from haetae.agencies.enforcement.sanctions.papers.wording import EN, KO, Wording
from haetae.agencies.enforcement.sanctions.states import State
from haetae.agencies.enforcement.sanctions.worksheet.facts import Line, Row, Unit, Worksheet
from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table
from haetae.law.country.provisions import Sanction
from haetae.law.packs import Pack
from haetae.law.sanctioning.facts import Factor, Level, Severity, Terms

_NUMERIC = frozenset({2})
_FROM_ABOVE = frozenset({Line.SCORE, Line.AVERAGE, Line.AMOUNT})


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Everything that a notice says. `outcome` and `why` are there after a contest, `before` is the sum until then."""

    operator: str
    sheet: Worksheet
    article: Sanction
    order_number: str
    failed_on: date
    intent: str
    pack: Pack
    terms: Terms
    issuer_ko: str
    issuer_en: str
    on: date
    outcome: State | None = None
    why: str = ""
    before: int | None = None


def documents_of(notice: Notice) -> list[Document]:
    """The Korean one first: that is the one that binds."""
    return [document_of(notice, Language.KO), document_of(notice, Language.EN)]


def document_of(notice: Notice, language: Language) -> Document:
    korean = language is Language.KO
    words = KO if korean else EN
    title = words.outcomes[notice.outcome] if notice.outcome else words.titles[notice.sheet.kind]
    return Document(
        language=language,
        title=title,
        issuer=notice.issuer_ko if korean else notice.issuer_en,
        on=notice.on,
        addressed_to=notice.operator,
        parts=[part for part in _parts(notice, words, korean=korean) if part.content],
        law=[notice.article.citation_ko if korean else notice.article.citation_en],
        notes=[words.proposal, words.terms, words.rounding],
        how_to_contest=""
        if notice.outcome
        else words.contest.format(days=notice.terms.contest_within.exact.days),
    )


def _parts(notice: Notice, words: Wording, *, korean: bool) -> Iterator[Part]:
    owed = 0 if notice.outcome is State.ANNULLED else notice.sheet.amount
    rows = [
        (words.sum_, words.won.format(value=f"{owed:,}")),
        *(
            [(words.before, words.won.format(value=f"{notice.before:,}"))]
            if notice.before is not None
            else []
        ),
        (words.for_what, notice.article.words_ko if korean else notice.article.words_en),
        (words.order, notice.order_number),
        (words.failed, notice.failed_on.isoformat()),
    ]
    if owed:
        rows.append((words.pay, words.pay_after.format(days=notice.terms.pay_within.exact.days)))
    yield Part(title="", content=[Paragraph(text=words.first), Facts(rows=rows)])
    yield Part(title=words.outcome, content=[Paragraph(text=notice.why)] if notice.why else [])
    yield Part(title=words.intent, content=[Paragraph(text=notice.intent)] if notice.intent else [])
    lines = [_row(row, notice, words, korean=korean) for row in notice.sheet.rows]
    yield Part(title=words.sheet, content=[Table(head=words.head, rows=lines, numeric=_NUMERIC)])


def _row(row: Row, notice: Notice, words: Wording, *, korean: bool) -> tuple[str, str, str, str]:
    unit = words.won if row.unit is Unit.WON else words.points
    how = row.calculation
    mark = "" if row.verified else f" ({words.not_verified})"
    source = _source(row, notice.pack, korean=korean) or (
        words.above if row.line in _FROM_ABOVE else words.case
    )
    return (
        _what(row, notice.pack, words, korean=korean),
        how,
        unit.format(value=f"{row.result:,}"),
        source + mark,
    )


def _what(row: Row, pack: Pack, words: Wording, *, korean: bool) -> str:
    if row.line is Line.FACTOR:
        name, level = row.about.split(".")
        factor = next(one for one in pack.surcharge.weights if one.factor is Factor(name))
        return f"{factor.words_ko if korean else factor.words_en}: {words.levels[Level(level)]}"
    if row.line is Line.SEVERITY:
        found = next(one for one in pack.surcharge.classes if one.severity is Severity(row.about))
        return found.words_ko if korean else found.words_en
    return words.lines[row.line].format(about=row.about)


def _source(row: Row, pack: Pack, *, korean: bool) -> str:
    source = next((one for one in pack.sources if one.key == row.source), None)
    if source is None:
        return ""
    if row.article:
        return source.cite_ko(row.article) if korean else source.cite_en(row.article)
    return source.title_ko if korean else source.title_en
