"""What can become of a charge, what work is charged, and how a notice reaches somebody. Pure."""

from enum import StrEnum


class State(StrEnum):
    DRAFTED = "drafted"  # worked out by one official
    SIGNED = "signed"  # by another: the notice is issued
    SERVED = "served"  # it has reached the offender, and the law's 30 days run
    OVERDUE = "overdue"  # the time is over, and something is left
    PAID = "paid"
    WITHDRAWN = "withdrawn"  # nothing is asked any more, for a reason


MOVES: dict[State, frozenset[State]] = {
    State.DRAFTED: frozenset({State.SIGNED, State.WITHDRAWN}),
    State.SIGNED: frozenset({State.SERVED, State.WITHDRAWN}),
    State.SERVED: frozenset({State.PAID, State.OVERDUE, State.WITHDRAWN}),
    State.OVERDUE: frozenset({State.PAID, State.WITHDRAWN}),
    State.PAID: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# The notice is out, and stands.
ISSUED: frozenset[State] = frozenset({State.SIGNED, State.SERVED, State.OVERDUE, State.PAID})
# Something is to be paid now.
PAYABLE: frozenset[State] = frozenset({State.SERVED, State.OVERDUE})


class Work(StrEnum):
    """What was done for one place, as our own record shows it."""

    EXAMINATION = "examination"  # the picture there was examined
    REQUEST = "request"  # the operator got a request to delete
    LOOK = "look"  # we looked whether it is gone


class ServedBy(StrEnum):
    """How the notice reached whoever has to pay."""

    POST = "post"
    HAND = "hand"
    PUBLICATION = "publication"
