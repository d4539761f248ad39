"""What stands against extending a block, or against ending it: codes that pages word. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from haetae.flow.review.block.term.states import Why
from haetae.flow.review.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT
from haetae.flow.review.states import ON_THE_CLOCK, Block

_RUNS: Final = ON_THE_CLOCK | {Block.EXPIRED}
# Where it stands instead, as a code.
_ELSEWHERE: Final = {
    Block.WANTED: "nothing_hidden_yet",
    Block.NOT_DONE: "nothing_hidden_yet",
    Block.LASTING: "hidden_by_decision",
    Block.LIFTING: "being_shown_again",
    Block.LIFT_CLAIMED: "being_shown_again",
    Block.NOT_BACK: "being_shown_again",
    Block.RESTORED: "shown_already",
    Block.ENDED: "removed_already",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one block. `decided`: the review before it is over. `times`: how often people extended it.

    `is_ahead`: it was extended, and people have not been told yet that this ends soon.
    """

    state: Block
    decided: bool
    times: int
    at_most: int
    is_ahead: bool
    minor: bool


def why_not_extend(found: Standing, *, why: Why, statement: str) -> str | None:
    """A code for what stands against it, or None. For a minor it is extended as often as it takes."""
    if found.state not in _RUNS:
        return _ELSEWHERE[found.state]
    if found.decided:
        return "decided_meanwhile"
    if found.is_ahead:
        return "extended_already"
    if found.times >= found.at_most and not (found.minor and why is Why.MINOR):
        return "extended_often_enough"
    return why_not_say(statement)


def why_not_end(state: Block, *, stays: bool, is_kept: bool, minor: bool, protects: bool) -> str | None:
    """What stands against a person's ending it before a decision.

    `stays`: it was decided meanwhile that nobody is to see it. `is_kept`: an open case with the same picture holds it.
    What shows a minor, or may, is ended by nobody but those who protect minors (`protects`).
    """
    if state not in _RUNS:
        return _ELSEWHERE[state]
    if stays:
        return "hidden_by_decision"
    if state is Block.KEPT and is_kept:
        return "held_by_another_case"
    return "minor_stays_hidden" if minor and not protects else None


def why_not_say(statement: str) -> str | None:
    readable = sum(character.isprintable() for character in statement.strip())
    if readable < SHORTEST_STATEMENT or len(statement.strip()) > LONGEST_STATEMENT:
        return "extension_statement"
    return None


def is_over(ends_at: datetime | None, *, at: datetime) -> bool:
    return ends_at is not None and ends_at <= at
