"""An order as a document, in Korean and in English, each written by hand. Pure. No address of a picture is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haetae.agencies.enforcement.orders.papers.wording import EN, KO, Wording
from haetae.agencies.enforcement.orders.states import Ground
from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table
from haetae.flow.removal.states import Ordered
from haetae.law.country.provisions import Provision, Sanction, Step


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One request that the order is about. `reference` is the operator's own number of it, where it gave one."""

    number: str
    reference: str
    asked_on: date
    ordered: Ordered | None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of the hearing: a state of hearings and, where nobody was heard, the exception."""

    state: str
    exception: str


@dataclass(frozen=True, kw_only=True)
class Order:
    """Everything that a letter says of an order. `on` is the day of the letter, `comply_by` None before it is served.

    `power` is the article by which it is given, `duty` that which it is about, `sanctions` what ignoring it costs.
    """

    operator: str
    ground: Ground
    power: Provision
    duty: Provision | None
    sanctions: Sequence[Sanction]
    hearing_article: Step
    reasons: str
    matters: Sequence[Matter]
    heard: Sequence[Heard]
    issuer_ko: str
    issuer_en: str
    on: date
    within: timedelta
    comply_by: date | None


def documents_of(order: Order) -> list[Document]:
    """In both languages, the Korean one first: that is the one that binds."""
    return [document_of(order, Language.KO), document_of(order, Language.EN)]


def document_of(order: Order, language: Language) -> Document:
    words = KO if language is Language.KO else EN
    return Document(
        language=language,
        title=words.title,
        reference="",
        issuer=order.issuer_ko if language is Language.KO else order.issuer_en,
        on=order.on,
        addressed_to=order.operator,
        parts=[part for part in _parts(order, words, language) if part.content],
        law=[_cited(one, language) for one in _articles(order)],
        notes=list(_notes(order, words, language)),
        how_to_contest=words.contest,
    )


def _parts(order: Order, words: Wording, language: Language) -> list[Part]:
    return [
        Part(
            title=words.order,
            content=[
                Paragraph(text=_told(order, words, language)),
                Facts(rows=[(words.until, _until(order, words))]),
            ],
        ),
        Part(
            title=words.reasons,
            content=[Paragraph(text=text) for text in order.reasons.split("\n") if text.strip()],
        ),
        Part(title=words.matters, content=_table(order, words)),
        Part(
            title=words.hearing,
            content=[Paragraph(text=words.heard_as(one.state, one.exception)) for one in order.heard],
        ),
        Part(title=words.ignoring, content=_cost(order, words, language)),
    ]


def _told(order: Order, words: Wording, language: Language) -> str:
    if order.duty is None:
        return words.told[order.ground]
    duty = order.duty.words_ko if language is Language.KO else order.duty.words_en
    return words.told[order.ground].format(duty=duty, article=_cited(order.duty, language))


def _until(order: Order, words: Wording) -> str:
    if order.comply_by is None:
        return words.within_a_day if order.within.days == 1 else words.within.format(days=order.within.days)
    return words.by_day.format(day=order.comply_by.isoformat())


def _table(order: Order, words: Wording) -> list[Paragraph | Facts | Table]:
    rows = [
        [one.number, one.reference or "–", one.asked_on.isoformat(), words.ordered[one.ordered]]
        for one in order.matters
    ]
    return [Table(head=words.head, rows=rows)] if rows else []


def _cost(order: Order, words: Wording, language: Language) -> list[Paragraph | Facts | Table]:
    return [
        Facts(
            rows=[
                (_cited(one, language), f"{_words(one, language)} ({words.measure(one)})")
                for one in order.sanctions
            ]
        )
    ]


def _articles(order: Order) -> list[Provision | Step]:
    return [one for one in (order.power, order.duty, order.hearing_article) if one is not None]


def _notes(order: Order, words: Wording, language: Language) -> list[str]:
    unread = [one for one in [*_articles(order), *order.sanctions] if not one.verified]
    found = [words.not_read.format(article=_cited(one, language)) for one in unread]
    return [*dict.fromkeys(found), words.term_is_ours, words.reasons_as_written]


def _cited(one: Provision | Step, language: Language) -> str:
    return one.source.cite_ko(one.article) if language is Language.KO else one.source.cite_en(one.article)


def _words(one: Provision, language: Language) -> str:
    return one.words_ko if language is Language.KO else one.words_en
