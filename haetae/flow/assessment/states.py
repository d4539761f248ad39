"""What can become of an assessment. Pure."""

from enum import StrEnum


class State(StrEnum):
    """`open` until the picture was examined; then the verdict. `undetermined` never clears and never blocks."""

    OPEN = "open"
    REQUEST = "request"
    REVIEW = "review"
    NOTHING = "nothing"
    UNDETERMINED = "undetermined"


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.REQUEST, State.REVIEW, State.NOTHING, State.UNDETERMINED}),
    State.REQUEST: frozenset(),
    State.REVIEW: frozenset(),
    State.NOTHING: frozenset(),
    # A look that failed may be tried again; what it then shows replaces not knowing.
    State.UNDETERMINED: frozenset({State.OPEN}),
}
