"""When an objection is taken, and what one can say. Pure: codes that pages word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from haetae.flow.removal.states import State as Request
from haetae.operators.appeals.states import UNDECIDED, State

SHORTEST_STATEMENT, LONGEST_STATEMENT = 10, 4_000
# A text that is changed more often is no longer being put right.
MOST_CHANGES: Final = 20


class Ground(StrEnum):
    """Why it should be shown again, as a code; the statement says it in words."""

    CONSENT = "consent"  # the person shown has agreed, and that can be proven
    MISTAKEN = "mistaken"  # not the person, or not the picture, that it was taken for
    LAWFUL = "lawful"  # news, satire, teaching, the poster's own picture
    OTHER = "other"


class By(StrEnum):
    """Who has brought it to us: the poster by the link, or the operator, as the poster asked it to."""

    POSTER = "poster"
    OPERATOR = "operator"


class Why(StrEnum):
    """Why an objection, or a change of one, is not taken."""

    NOTHING_DONE = "nothing_done"
    MAY_STAY = "may_stay"
    OVER = "over"
    HEARD = "heard"
    FILED_ALREADY = "filed_already"
    DECIDED = "decided"
    STATEMENT_LENGTH = "statement_length"
    TOO_MANY = "too_many"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How it stands with one request to an operator, as far as an objection asks.

    `acted_at`: when something was first done with the post, or None. `until`: the last moment for an objection.
    `heard`: the request carries a decision before which the poster was heard. `filed`: there is an objection.
    """

    request: str
    acted_at: datetime | None
    until: datetime | None
    heard: bool
    filed: bool


def why_not_file(standing: Standing, *, now: datetime) -> Why | None:
    """What stands against a first objection, or None. What was written is looked at apart from this."""
    if standing.filed:
        return Why.FILED_ALREADY
    if standing.request == Request.NOT_HARMFUL:
        return Why.MAY_STAY
    if standing.acted_at is None:
        return Why.NOTHING_DONE
    if standing.heard:
        return Why.HEARD
    return Why.OVER if standing.until is not None and now > standing.until else None


def why_not_change(state: State, *, changes: int) -> Why | None:
    """What stands against another text for an objection, or None."""
    if state not in UNDECIDED:
        return Why.DECIDED
    return Why.TOO_MANY if changes >= MOST_CHANGES else None


def why_not_say(statement: str) -> Why | None:
    """What is wrong with the text by itself, or None."""
    readable = sum(character.isprintable() for character in statement.strip())
    is_long_enough = readable >= SHORTEST_STATEMENT and len(statement.strip()) <= LONGEST_STATEMENT
    return None if is_long_enough else Why.STATEMENT_LENGTH
