"""What is counted: each measure with the events it counts and the ways in which it is taken apart. Pure.

A measure counts things that happened in one month where the officials are, by the record, to which nothing is ever
added for a month that is over. Measures count different things: no two of them add up to a third. Words, units and
since when: dictionary.toml.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class By(StrEnum):
    """In which parts the sum of a measure is shown. No two of them are ever crossed."""

    OPERATOR = "operator"
    WAY = "way"
    MINOR = "minor"
    SOURCE = "source"
    AGE = "age"
    ANSWER = "answer"


# The parts that are always there, in their order. Operators and ways are whichever there were.
PARTS: Final[dict[By, tuple[str, ...]]] = {
    By.MINOR: ("minor", "nobody_said"),
    By.SOURCE: ("report", "watch", "upload_check"),
    By.AGE: ("day", "week", "month", "longer"),
    By.ANSWER: ("match", "something_else", "cannot_tell"),
}
# Whoever is a part here knows its own number, so that one more is hidden.
KNOWN_TO_THEMSELVES: Final = frozenset({By.OPERATOR})


@dataclass(frozen=True, kw_only=True)
class Measure:
    name: str
    events: tuple[str, ...]
    by: tuple[By, ...] = ()


_OF_REQUESTS: Final = (By.OPERATOR, By.WAY)
MEASURES: Final = (
    Measure(name="people", events=("support.opened",)),
    Measure(name="found", events=("arrival.found",), by=(By.SOURCE,)),
    Measure(name="requests", events=("removal.requested",), by=(By.OPERATOR, By.WAY, By.MINOR)),
    Measure(name="claimed", events=("removal.claimed",), by=_OF_REQUESTS),
    Measure(name="verified", events=("removal.verified",), by=_OF_REQUESTS),
    Measure(name="claim_false", events=("removal.claim_false",), by=_OF_REQUESTS),
    Measure(name="refused", events=("removal.refused",), by=_OF_REQUESTS),
    Measure(name="reappeared", events=("removal.reappeared",), by=_OF_REQUESTS),
    Measure(name="backlog", events=("review.opened",), by=(By.AGE,)),
    Measure(name="wrongful", events=("removal.not_harmful",)),
    Measure(name="restored", events=("review.restored",)),
    Measure(name="appeals_filed", events=("appeals.filed",)),
    Measure(name="appeals_upheld", events=("appeals.upheld",)),
    Measure(
        name="models_checked",
        events=("looks.match", "looks.something_else", "looks.cannot_tell"),
        by=(By.ANSWER,),
    ),
    Measure(
        name="hashes_checked",
        events=("looks.match", "looks.something_else", "looks.cannot_tell"),
        by=(By.ANSWER,),
    ),
)
BY_NAME: Final = {measure.name: measure for measure in MEASURES}
# How long it took is told of what was seen gone, of at least so many.
TIMED: Final = "verified"
MEDIAN_FROM: Final = 5
P90_FROM: Final = 20
