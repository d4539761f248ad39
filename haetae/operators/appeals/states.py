"""What can become of an objection of whoever posted a picture. Pure."""

from enum import StrEnum


class State(StrEnum):
    FILED = "filed"
    UNDER_REVIEW = "under_review"  # the regulator's side has it
    UPHELD = "upheld"  # decided: it may stay, and is to be shown again
    REJECTED = "rejected"  # decided: what was done stands
    WITHDRAWN = "withdrawn"
    MOOT = "moot"  # it had been decided already that it may stay


MOVES: dict[State, frozenset[State]] = {
    State.FILED: frozenset({State.UNDER_REVIEW, State.WITHDRAWN, State.MOOT}),
    State.UNDER_REVIEW: frozenset({State.UPHELD, State.REJECTED, State.WITHDRAWN}),
    State.UPHELD: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.MOOT: frozenset(),
}
# While one of these holds, the text may be changed or taken back.
UNDECIDED = frozenset({State.FILED, State.UNDER_REVIEW})
