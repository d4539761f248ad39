"""The words that stand on every document, whoever issues it and whatever it says. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.documents.document import Document, Language


@dataclass(frozen=True, kw_only=True)
class Words:
    to: str
    reference: str
    dated: str
    subject: str
    law: str
    notes: str
    contest: str
    check: str
    seal: tuple[str, str]
    draft: str
    no_number: str


_KOREAN: Final = Words(
    to="수신",
    reference="문서 번호",
    dated="시행일",
    subject="제목",
    law="근거 법령",
    notes="확인하지 못한 사항",
    contest="불복 방법",
    check="발급 확인",
    seal=("전자", "발급"),
    draft="초안입니다. 발급하지 않은 문서이며 효력이 없습니다.",
    no_number="없음(초안)",
)
_ENGLISH: Final = Words(
    to="To",
    reference="Reference",
    dated="Date",
    subject="Subject",
    law="Law",
    notes="Not checked",
    contest="How to contest this",
    check="Check that it was issued",
    seal=("ISSUED", "ONLINE"),
    draft="Draft. This was not issued and has no effect.",
    no_number="none (draft)",
)


def words_for(language: Language) -> Words:
    return _KOREAN if language is Language.KO else _ENGLISH


def day(on: date, language: Language) -> str:
    """As it stands in a row: letters of Korean agencies write days in figures."""
    return f"{on.year}. {on.month}. {on.day}." if language is Language.KO else long_day(on, language)


def long_day(on: date, language: Language) -> str:
    """As it stands above the name of whoever issues it."""
    if language is Language.KO:
        return f"{on.year}년 {on.month}월 {on.day}일"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def head(document: Document) -> list[tuple[str, str]]:
    """Who, what and when, in the order of an official letter."""
    words = words_for(document.language)
    return [
        (words.to, document.addressed_to),
        (words.subject, document.title),
        (words.reference, document.reference or words.no_number),
        (words.dated, day(document.on, document.language)),
    ]


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
