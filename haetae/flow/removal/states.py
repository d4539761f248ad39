"""What can become of a request to delete. Pure. A claim is not a fact: `claimed` and `verified` are two states."""

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "requested"  # decided and written down, not yet with the operator
    SENT = "sent"  # the operator has it
    CLAIMED = "claimed"  # the operator says that it is removed
    REFUSED = "refused"  # the regulator's side decides
    UNSURE = "unsure"  # the operator cannot tell: blocked for now, and the regulator's side decides
    ACCESS_BLOCKED = (
        "access_blocked"  # hidden for good, not removed; a remedy of its own, never counted as removed
    )
    VERIFIED = "verified"  # our own probe saw twice that it is gone
    CLAIM_FALSE = "claim_false"  # our own probe saw twice that the claim is wrong
    OVERDUE = "overdue"  # for people: the time is up
    UNDELIVERABLE = "undeliverable"  # for people: there is no way yet to ask this operator
    REAPPEARED = "reappeared"  # was verified, and a later probe saw it again; a new request follows
    SUPERSEDED = "superseded"  # the regulator's side decided: a new request carries the decision
    NOT_HARMFUL = "not_harmful"  # the regulator's side decided: it may stay


class Ordered(StrEnum):
    """What a request asks that carries a decision of the regulator's side."""

    REMOVE = "remove"
    BLOCK_ACCESS = "block_access"


ANSWERS = frozenset({State.SENT, State.CLAIMED, State.REFUSED, State.UNSURE, State.ACCESS_BLOCKED})
# What the regulator's side makes of a request that is contested.
DECIDED = frozenset({State.SUPERSEDED, State.NOT_HARMFUL})
# In these something was done with the post, and has to be undone where it is decided that it may stay.
TAKEN_DOWN = frozenset({State.CLAIMED, State.VERIFIED, State.ACCESS_BLOCKED})

MOVES: dict[State, frozenset[State]] = {
    State.REQUESTED: ANSWERS | {State.OVERDUE, State.UNDELIVERABLE, State.NOT_HARMFUL},
    State.SENT: (ANSWERS - {State.SENT}) | {State.OVERDUE, State.NOT_HARMFUL},
    State.CLAIMED: frozenset({State.VERIFIED, State.CLAIM_FALSE, State.OVERDUE, State.NOT_HARMFUL}),
    State.REFUSED: DECIDED | {State.CLAIMED, State.VERIFIED},
    State.UNSURE: DECIDED | {State.CLAIMED, State.REFUSED, State.ACCESS_BLOCKED},
    State.ACCESS_BLOCKED: DECIDED | {State.CLAIMED, State.CLAIM_FALSE},
    State.VERIFIED: frozenset({State.REAPPEARED, State.NOT_HARMFUL}),
    State.CLAIM_FALSE: frozenset({State.OVERDUE}),
    State.OVERDUE: (ANSWERS - {State.SENT}) | DECIDED | {State.VERIFIED},
    # An operator without a system of its own reads it at its desk, and answers there.
    State.UNDELIVERABLE: ANSWERS | {State.REQUESTED, State.OVERDUE, State.VERIFIED},
    State.REAPPEARED: frozenset(),
    State.SUPERSEDED: frozenset(),
    State.NOT_HARMFUL: frozenset({State.SUPERSEDED}),  # somebody objects, and the decision is another
}

# While one of these holds, a second request for the same sighting would be the same request.
OPEN = frozenset(State) - {State.VERIFIED, State.REAPPEARED, State.SUPERSEDED, State.NOT_HARMFUL}
# In these the operator's act is still awaited, and the target for removal still runs.
AWAITED = frozenset({State.REQUESTED, State.SENT, State.CLAIMED})
