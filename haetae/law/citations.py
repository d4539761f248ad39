"""How an article is written down, once as data and twice for readers: 22-5(1) is 제22조의5제1항."""

import re
from typing import Final

# Article, inserted article ("의5"), paragraph (항), item (호): 44, 44-2, 44-2(4), 44-7(1)9.
_ARTICLE: Final = re.compile(
    r"(?P<article>[0-9]+)(?:-(?P<inserted>[0-9]+))?(?:\((?P<paragraph>[0-9]+)\)(?P<item>[0-9]+)?)?"
)


class CitationError(ValueError):
    """An article is not written in the form that this module reads."""


def article_ko(article: str) -> str:
    parts = _parts(article)
    inserted = f"의{parts['inserted']}" if parts["inserted"] else ""
    paragraph = f"제{parts['paragraph']}항" if parts["paragraph"] else ""
    item = f"제{parts['item']}호" if parts["item"] else ""
    return f"제{parts['article']}조{inserted}{paragraph}{item}"


def article_en(article: str) -> str:
    parts = _parts(article)
    inserted = f"-{parts['inserted']}" if parts["inserted"] else ""
    paragraph = f"({parts['paragraph']})" if parts["paragraph"] else ""
    item = f", item {parts['item']}" if parts["item"] else ""
    return f"Article {parts['article']}{inserted}{paragraph}{item}"


def _parts(article: str) -> dict[str, str | None]:
    match = _ARTICLE.fullmatch(article)
    if match is None:
        raise CitationError(f"{article!r} is not an article; write it like 22-5(1) or 44-7(1)9.")
    return match.groupdict()
