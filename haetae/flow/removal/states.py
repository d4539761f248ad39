"""What can become of a request to delete. Pure. A claim is not a fact: `claimed` and `verified` are two states."""

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "requested"  # decided and written down, not yet with the operator
    SENT = "sent"  # the operator has it
    CLAIMED = "claimed"  # the operator says that it is removed
    REFUSED = "refused"
    UNSURE = "unsure"  # the operator cannot tell
    VERIFIED = "verified"  # our own probe saw twice that it is gone
    CLAIM_FALSE = "claim_false"  # our own probe saw that the claim is wrong
    OVERDUE = "overdue"  # for people: the time is up
    UNDELIVERABLE = "undeliverable"  # for people: there is no way yet to ask this operator
    REAPPEARED = "reappeared"  # was verified, and a later probe saw it again; a new request follows


ANSWERS = frozenset({State.SENT, State.CLAIMED, State.REFUSED, State.UNSURE})

MOVES: dict[State, frozenset[State]] = {
    State.REQUESTED: ANSWERS | {State.OVERDUE, State.UNDELIVERABLE},
    State.SENT: frozenset({State.CLAIMED, State.REFUSED, State.UNSURE, State.OVERDUE}),
    State.CLAIMED: frozenset({State.VERIFIED, State.CLAIM_FALSE, State.OVERDUE}),
    State.REFUSED: frozenset({State.CLAIMED, State.VERIFIED}),
    State.UNSURE: frozenset({State.CLAIMED, State.REFUSED, State.OVERDUE, State.VERIFIED}),
    State.VERIFIED: frozenset({State.REAPPEARED}),
    State.CLAIM_FALSE: frozenset({State.OVERDUE}),
    State.OVERDUE: frozenset({State.CLAIMED, State.REFUSED, State.UNSURE, State.VERIFIED}),
    State.UNDELIVERABLE: frozenset({State.OVERDUE, State.VERIFIED}),
    State.REAPPEARED: frozenset(),
}

# While one of these holds, a second request for the same sighting would be the same request.
OPEN = frozenset(State) - {State.VERIFIED, State.REAPPEARED}
# In these the operator's answer is still awaited, and the target for removal still runs.
AWAITED = frozenset({State.REQUESTED, State.SENT, State.CLAIMED, State.UNSURE})
