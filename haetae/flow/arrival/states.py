"""What can become of a report. Pure."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    LOCATED = "located"
    NOT_FOUND = "not_found"


MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.LOCATED, State.NOT_FOUND}),
    State.LOCATED: frozenset(),
    State.NOT_FOUND: frozenset({State.LOCATED}),
}


class Source(StrEnum):
    """How something came to us."""

    REPORT = "report"
    WATCH = "watch"
