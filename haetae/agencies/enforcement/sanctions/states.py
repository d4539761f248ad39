"""What can become of a surcharge or an administrative fine. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """Two different things: a surcharge takes a share of revenue, an administrative fine is a sum up to a limit."""

    SURCHARGE = "surcharge"
    FINE = "fine"


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
