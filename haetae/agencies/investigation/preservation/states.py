"""What can become of a request to keep data. Pure. No state of it brings data in."""

from enum import StrEnum


class State(StrEnum):
    APPLIED = "applied"  # the police applied; a prosecutor decides
    URGENT = (
        "urgent"  # the platform was asked at once; a prosecutor approves it immediately after, or it lapses
    )
    APPROVED = "approved"  # may be sent
    SENT = "sent"  # the platform was asked, and a prosecutor stands behind it
    KEPT = "kept"  # the platform reports that it keeps it
    NOT_KEPT = "not_kept"  # the platform says that it does not
    REFUSED = "refused"  # the prosecutor said no
    LAPSED = "lapsed"  # no approval came in time
    OVER = "over"  # the time for which it was asked is over, or it is needed no more


MOVES: dict[State, frozenset[State]] = {
    State.APPLIED: frozenset({State.URGENT, State.APPROVED, State.REFUSED, State.OVER}),
    State.URGENT: frozenset({State.SENT, State.REFUSED, State.LAPSED, State.OVER}),
    State.APPROVED: frozenset({State.SENT, State.OVER}),
    State.SENT: frozenset({State.KEPT, State.NOT_KEPT, State.OVER}),
    State.KEPT: frozenset({State.OVER}),
    State.NOT_KEPT: frozenset(),
    State.REFUSED: frozenset(),
    State.LAPSED: frozenset(),
    State.OVER: frozenset(),
}
# What waits for a prosecutor.
WAITS = frozenset({State.APPLIED, State.URGENT})


class Origin(StrEnum):
    """Who set it off."""

    POLICE = "police"
    URGENT = "urgent"
    PROSECUTOR = "prosecutor"  # by themselves, in a file that lay before them
