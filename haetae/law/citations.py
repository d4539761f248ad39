"""How an article is written down, once as data and twice for readers: 22-5(1) is 제22조의5제1항.

Each law is cited in its own country's way, which its source names: Korean articles count paragraphs and items, other
laws have articles, sections or rules with letters and numbers in brackets.
"""

import re
from enum import StrEnum
from typing import Final

# Article, inserted article ("의5"), paragraph (항), item (호): 44, 44-2, 44-2(4), 44-7(1)9.
_KOREAN: Final = re.compile(
    r"(?P<article>[0-9]+)(?:-(?P<inserted>[0-9]+))?(?:\((?P<paragraph>[0-9]+)\)(?P<item>[0-9]+)?)?"
)
# 16, 10(3A), 20A(2)(a), 3(a)(1)(B)(iv), 474.17A.
_BRACKETED: Final = re.compile(
    r"(?P<first>[0-9]+(?:\.[0-9]+)?[A-Za-z]{0,3})(?P<rest>(?:\([0-9A-Za-z]{1,5}\))*)"
)


class Citing(StrEnum):
    """In which way a law is cited."""

    KOREAN = "korean"
    ARTICLE = "article"
    SECTION = "section"
    RULE = "rule"
    SCHEDULE = "schedule"


class CitationError(ValueError):
    """An article is not written in the form that this module reads."""


def article_ko(article: str, citing: Citing = Citing.KOREAN) -> str:
    if citing is not Citing.KOREAN:
        first, rest = _bracketed(article)
        return f"별표 {first}{rest}" if citing is Citing.SCHEDULE else f"제{first}조{rest}"
    parts = _parts(article)
    inserted = f"의{parts['inserted']}" if parts["inserted"] else ""
    paragraph = f"제{parts['paragraph']}항" if parts["paragraph"] else ""
    item = f"제{parts['item']}호" if parts["item"] else ""
    return f"제{parts['article']}조{inserted}{paragraph}{item}"


def article_en(article: str, citing: Citing = Citing.KOREAN) -> str:
    if citing is not Citing.KOREAN:
        first, rest = _bracketed(article)
        word = citing.value.title() if citing in {Citing.ARTICLE, Citing.SCHEDULE} else citing.value
        return f"{word} {first}{rest}"
    parts = _parts(article)
    inserted = f"-{parts['inserted']}" if parts["inserted"] else ""
    paragraph = f"({parts['paragraph']})" if parts["paragraph"] else ""
    item = f", item {parts['item']}" if parts["item"] else ""
    return f"Article {parts['article']}{inserted}{paragraph}{item}"


def _parts(article: str) -> dict[str, str | None]:
    match = _KOREAN.fullmatch(article)
    if match is None:
        raise CitationError(f"{article!r} is not an article; write it like 22-5(1) or 44-7(1)9.")
    return match.groupdict()


def _bracketed(article: str) -> tuple[str, str]:
    match = _BRACKETED.fullmatch(article)
    if match is None:
        raise CitationError(f"{article!r} is not an article; write it like 16 or 20A(2)(a).")
    return match["first"], match["rest"]
