"""What can become of a surcharge or an administrative fine. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """Two different things: a surcharge takes a share of revenue, an administrative fine is a sum up to a limit."""

    SURCHARGE = "surcharge"
    FINE = "fine"


class Served(StrEnum):
    """How the notice of it reached the operator."""

    DESK = "desk"  # somebody of the operator opened it at its desk
    MAIL = "mail"
    LETTER = "letter"  # by post or by hand


class State(StrEnum):
    PROPOSED = "proposed"  # with the worksheet
    HEARING = "hearing"  # the operator is heard, or the exception is recorded
    DECIDED = "decided"  # by another official than the one who proposed it
    NOTIFIED = "notified"  # the operator has it, and the time to pay and to contest runs
    PAID = "paid"
    CONTESTED = "contested"
    UPHELD = "upheld"  # contested, and it stands
    CHANGED = "changed"  # contested, and another sum
    ANNULLED = "annulled"
    DROPPED = "dropped"  # before it was decided


MOVES: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.HEARING, State.DROPPED}),
    State.HEARING: frozenset({State.DECIDED, State.DROPPED}),
    State.DECIDED: frozenset({State.NOTIFIED}),
    State.NOTIFIED: frozenset({State.PAID, State.CONTESTED}),
    State.CONTESTED: frozenset({State.UPHELD, State.CHANGED, State.ANNULLED}),
    State.UPHELD: frozenset({State.PAID}),
    State.CHANGED: frozenset({State.PAID}),
    # What was paid may be contested while the time for it runs; what is annulled then is paid back.
    State.PAID: frozenset({State.CONTESTED}),
    State.ANNULLED: frozenset(),
    State.DROPPED: frozenset(),
}

# Before anybody has signed it the sum may still change, or the whole be dropped.
UNSIGNED: frozenset[State] = frozenset({State.PROPOSED, State.HEARING})
# It came to nothing, so that the same failure may be sanctioned anew.
CAME_TO_NOTHING: frozenset[State] = frozenset({State.ANNULLED, State.DROPPED})
# Something is to be paid, and nobody contests it now.
PAYABLE: frozenset[State] = frozenset({State.NOTIFIED, State.UPHELD, State.CHANGED})
OUTCOMES: frozenset[State] = frozenset({State.UPHELD, State.CHANGED, State.ANNULLED})
# The operator knows of it.
TOLD: frozenset[State] = frozenset({State.NOTIFIED, State.PAID, State.CONTESTED, *OUTCOMES})
