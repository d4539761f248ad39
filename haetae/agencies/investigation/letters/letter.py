"""Letters that ask a platform for data, or to keep it, as the desks of platforms expect them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from haetae.agencies.investigation.letters.wording import EN, KO, Wording
from haetae.documents.document import Document, Facts, Language, Paragraph, Part
from haetae.law.asking import DataKind
from haetae.law.country.provisions import Provision
from haetae.law.person.facts import Offence


@dataclass(frozen=True, kw_only=True)
class Head:
    """What both letters have. `reference` is a number of the file's own, and no number of a public list."""

    reference: str
    issuer_ko: str
    issuer_en: str
    office: str
    contact: str
    on: date
    platform: str
    accounts: Sequence[str]
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class DataLetter:
    """Asks for data. `offence` is the one of the day of the deed, with both bounds where the article names them."""

    head: Head
    basis: Provision
    use: Provision
    offence: Offence
    act_on: date
    facts: str
    dual_criminality: str
    data: Sequence[DataKind]
    since: datetime
    until: datetime
    warrant: str
    wants_kept: bool
    wants_silence: bool


@dataclass(frozen=True, kw_only=True)
class KeepLetter:
    """Asks to keep. `approver_ko` and `_en` name who approved; empty while an urgent one waits for it."""

    head: Head
    basis: Provision
    why: str
    approver_ko: str
    approver_en: str
    days: int


def data_letters(letter: DataLetter) -> list[Document]:
    """In both languages, the Korean one first."""
    return [_data(letter, KO, Language.KO), _data(letter, EN, Language.EN)]


def keep_letters(letter: KeepLetter) -> list[Document]:
    """In both languages, the Korean one first."""
    return [_keep(letter, KO, Language.KO), _keep(letter, EN, Language.EN)]


def _data(letter: DataLetter, words: Wording, language: Language) -> Document:
    asked = [
        (words.accounts, "\n".join(letter.head.accounts)),
        (words.data, ", ".join(words.kinds[kind] for kind in letter.data)),
        (words.period, _period(letter)),
        *([(words.warrant, letter.warrant)] if letter.warrant else []),
    ]
    wishes = [
        *([Paragraph(text=words.keep_wish)] if letter.wants_kept else []),
        *([Paragraph(text=words.silence_wish)] if letter.wants_silence else []),
        Paragraph(text=words.refusing),
    ]
    deed = [
        (words.offence, _act(letter.offence, language)),
        (words.penalty, _bounds(letter.offence, words)),
        (words.act_on, letter.act_on.isoformat()),
    ]
    dual = letter.dual_criminality
    parts = [
        Part(title=words.asked, content=[Paragraph(text=words.asks), Facts(rows=asked)]),
        Part(title=words.deed, content=[Facts(rows=deed), Paragraph(text=letter.facts)]),
        *([Part(title=words.dual, content=[Paragraph(text=dual)])] if dual else []),
        Part(title=words.wishes, content=wishes),
        _answer_to(letter.head, words),
    ]
    law = [_cited(letter.basis, language), _cited(letter.use, language), _article(letter.offence, language)]
    unread = [one for one in (letter.basis, letter.use) if not one.verified]
    notes = [words.not_read.format(article=_cited(one, language)) for one in unread]
    return _whole(letter.head, words.data_title, parts, law, [*notes, words.as_written], language)


def _keep(letter: KeepLetter, words: Wording, language: Language) -> Document:
    approver = letter.approver_ko if language is Language.KO else letter.approver_en
    asked = [
        (words.accounts, "\n".join(letter.head.accounts)),
        (words.kept_for, words.days.format(days=letter.days)),
        (words.approved_by, approver or words.not_approved_yet),
    ]
    parts = [
        Part(title=words.asked, content=[Paragraph(text=words.keeps), Facts(rows=asked)]),
        Part(title=words.why, content=[Paragraph(text=letter.why), Paragraph(text=words.only_keeps)]),
        _answer_to(letter.head, words),
    ]
    cited = _cited(letter.basis, language)
    notes = [] if letter.basis.verified else [words.not_read.format(article=cited), words.from_unknown]
    return _whole(letter.head, words.keep_title, parts, [cited], [*notes, words.as_written], language)


def _whole(
    head: Head,
    title: str,
    parts: Sequence[Part],
    law: Sequence[str],
    notes: Sequence[str],
    language: Language,
) -> Document:
    return Document(
        language=language,
        title=title,
        issuer=head.issuer_ko if language is Language.KO else head.issuer_en,
        on=head.on,
        addressed_to=head.platform,
        parts=parts,
        law=law,
        notes=notes,
        reference=head.reference,
    )


def _answer_to(head: Head, words: Wording) -> Part:
    return Part(
        title=words.answer_to,
        content=[Facts(rows=[(words.office, head.office), (words.contact, head.contact)])],
    )


def _period(letter: DataLetter) -> str:
    """In the zone of the officials and in UTC: a platform abroad counts in its own."""
    ends = (letter.since, letter.until)
    here = " – ".join(one.astimezone(letter.head.zone).strftime("%Y-%m-%d %H:%M %Z (UTC%z)") for one in ends)
    utc = " – ".join(one.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") for one in ends)
    return f"{here}\n{utc}"


def _bounds(offence: Offence, words: Wording) -> str:
    """Least and most apart: a bound that the article does not name is said not to be named."""
    least = words.years_least.format(years=offence.min_years) if offence.min_years else words.no_least
    most = words.years_most.format(years=offence.max_years) if offence.max_years else words.no_most
    if offence.life:
        most = words.life
    fine = offence.max_fine_won
    return " · ".join([least, most, *([words.fine.format(won=f"{fine:,}")] if fine else [])])


def _act(offence: Offence, language: Language) -> str:
    return offence.act_ko if language is Language.KO else offence.act_en


def _article(offence: Offence, language: Language) -> str:
    source = offence.source
    return source.cite_ko(offence.article) if language is Language.KO else source.cite_en(offence.article)


def _cited(one: Provision, language: Language) -> str:
    return one.citation_ko if language is Language.KO else one.citation_en
