"""A state machine is a table. This module reads such tables and knows nothing else."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class ForbiddenMoveError(Exception):
    """Somebody asked for a change of state that the table does not allow."""

    def __init__(self, *, before: StrEnum, after: StrEnum, allowed: Iterable[StrEnum]) -> None:
        ways = ", ".join(sorted(allowed)) or "nothing, it is an end"
        super().__init__(f"{before} cannot become {after}; what may follow: {ways}")
        self.before, self.after = before, after


def may_move(moves: Mapping[State, frozenset[State]], before: State, after: State) -> bool:
    """Whether the table allows this change."""
    return after in moves[before]


def check_move(moves: Mapping[State, frozenset[State]], before: State, after: State) -> None:
    """Raise ForbiddenMoveError unless the table allows this change."""
    if not may_move(moves, before, after):
        raise ForbiddenMoveError(before=before, after=after, allowed=moves[before])


def values(states: Iterable[StrEnum]) -> list[str]:
    """Plain words for columns and constraints, so that a migration does not depend on what the code says later.

    A set has no order, so that its words are sorted.
    """
    return [state.value for state in (states if isinstance(states, type) else sorted(states))]


def choices(states: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The same as a column's choices."""
    return [(state.value, state.value) for state in states]
