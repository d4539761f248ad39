"""What can become of a report, and how things come to us. Pure."""

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
    UPLOAD_CHECK = "upload_check"


class Outcome(StrEnum):
    """What a platform's question before publication came to, as it is counted."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    UNDETERMINED = "undetermined"
    NOTHING = "nothing"
    UNANSWERED = "unanswered"
