"""One document as its author means it, before it is HTML or PDF. Pure.

Whoever issues something writes it in Korean and in English, each by hand; every word of one `Document` is in one
language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Language(StrEnum):
    KO = "ko"
    EN = "en"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Rows of a name and a value: who, what, where, until when."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """`numeric` are the positions of columns that hold figures and stand to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading, which may be empty, and what stands below it."""

    title: str
    content: Sequence[Paragraph | Facts | Table]


@dataclass(frozen=True, kw_only=True)
class Document:
    """`issuer` is the agency by the name that it had on `on`, `law` the articles with days.

    `reference` is its number and `address` where anybody asks whether it was issued; whoever issues it fills in both
    (haetae.flow.issued), and without a number it says of itself that it is a draft. With a number and no address it is
    a copy of something, which bears no seal. `notes` say what was not checked: an unverified rate, a value nobody
    found. `how_to_contest` is empty for what cannot be contested.
    """

    language: Language
    title: str
    issuer: str
    on: date
    addressed_to: str
    parts: Sequence[Part]
    law: Sequence[str]
    notes: Sequence[str] = ()
    how_to_contest: str = ""
    reference: str = ""
    address: str = ""
