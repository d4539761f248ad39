"""One number or site to turn to, in the reader's language, with what is known of its hours."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from haetae.law.person.facts import Helpline
from haetae.web.words.hours import hours_words
from haetae.web.words.language import in_korean

# A number of so many digits stands beside its words; a longer one, or none, above them.
_NARROW: Final = 4


@dataclass(frozen=True, kw_only=True)
class Call:
    """`dial` is the number without its spaces; `hours` the sentence about now; `checked` is false for a guess."""

    name: str
    words: str
    number: str
    dial: str
    option: str
    site: str
    hours: str
    is_open: bool
    is_wide: bool
    checked: bool


def call(line: Helpline, *, at: datetime, tz: tzinfo) -> Call:
    openness = line.openness(at=at, tz=tz)
    return Call(
        name=line.name_ko if in_korean() else line.name_en,
        words=line.words_ko if in_korean() else line.words_en,
        number=line.number,
        dial=re.sub(r"[^0-9+]", "", line.number),
        option=line.option or "",
        site=line.site,
        hours=hours_words(line.hours, openness) if line.number else "",
        is_open=openness == "open",
        is_wide=not 0 < len(line.number) <= _NARROW,
        checked=line.verified,
    )
