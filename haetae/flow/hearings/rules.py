"""When an act may come: codes that pages word. Pure."""

from collections.abc import Iterable
from typing import Final

from haetae.common.states import may_move
from haetae.flow.hearings.states import MOVES, State

SHORTEST, LONGEST = 10, 4_000
WAITED_FOR: Final = frozenset({State.ASKED})


def why_not_act(states: Iterable[State]) -> str | None:
    """What stands against an act before which somebody is to be heard: `not_heard`, `hearing_runs`, or None."""
    found = list(states)
    if not found:
        return "not_heard"
    return "hearing_runs" if WAITED_FOR & set(found) else None


def why_not_answer(state: State, after: State, *, is_closed: bool) -> str | None:
    """Whether a party may still say something, or be left out; after the act nothing changes any more."""
    if is_closed:
        return "hearing_closed"
    return None if may_move(MOVES, state, after) else "hearing_over"


def why_not_text(text: str) -> str | None:
    """What is wrong with what somebody wrote, by itself."""
    readable = sum(character.isprintable() for character in text.strip())
    return None if readable >= SHORTEST and len(text.strip()) <= LONGEST else "hearing_length"
