"""What can become of a file, whom it is about, and why somebody opens it. Pure."""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # nothing is added any more; it can still be read by whoever works on it


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class Victim(StrEnum):
    """Whose picture it is about. Where nobody knows, or in part a minor, the stricter law holds."""

    ADULT = "adult"
    UNDER_19 = "under_19"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why somebody opens a file today. It holds until the day is over."""

    INVESTIGATE = "investigate"
    PREPARE_REQUEST = "prepare_request"  # an application, a request to a platform, a petition
    EVIDENCE = "evidence"
    HAND_OVER = "hand_over"
    CHECK = "check"  # a colleague's work is looked through
