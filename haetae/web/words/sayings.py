"""One thing that the law says, in the reader's language, with the article behind it."""

from dataclasses import dataclass
from datetime import date

from haetae.law.person.facts import Rule
from haetae.web.words.language import in_korean


@dataclass(frozen=True, kw_only=True)
class Saying:
    title: str
    words: str
    citation: str
    since: date | None
    checked: bool


def saying(rule: Rule) -> Saying:
    korean = in_korean()
    return Saying(
        title=rule.title_ko if korean else rule.title_en,
        words=rule.words_ko if korean else rule.words_en,
        citation=rule.citation_ko if korean else rule.citation_en,
        since=rule.valid_from,
        checked=rule.verified,
    )
