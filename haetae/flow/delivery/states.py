"""What can become of a delivery, and of the breaker before an operator. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What is asked of the operator, or of somebody else who stands before the place."""

    DELETE = "delete"
    BLOCK = "block"
    RESTORE = "restore"
    REMEDY = "remedy"  # of a host, a CDN, a search engine, an access provider
    LIFT = "lift"  # that it undoes what it did


class State(StrEnum):
    WAITING = "waiting"  # to be handed over now, or when its pause is over
    DELIVERED = "delivered"  # the operator has answered
    DEAD = "dead"  # every try failed: a person has the task
    NO_CHANNEL = "no_channel"  # there is no way yet to ask this operator: a person has the task
    STOPPED = "stopped"  # no longer needed


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.DELIVERED, State.DEAD, State.NO_CHANNEL, State.STOPPED}),
    State.DELIVERED: frozenset({State.WAITING}),  # only what is said once more, as another thing
    State.DEAD: frozenset({State.WAITING, State.STOPPED}),
    State.NO_CHANNEL: frozenset({State.WAITING, State.STOPPED}),
    State.STOPPED: frozenset({State.WAITING}),
}


class Gate(StrEnum):
    """The circuit breaker before one operator."""

    CLOSED = "closed"  # all goes through
    OPEN = "open"  # it failed too often in a row: nothing goes through until the trial is due
    HALF_OPEN = "half_open"  # one delivery is the trial, the others wait for what comes of it


GATE_MOVES: dict[Gate, frozenset[Gate]] = {
    Gate.CLOSED: frozenset({Gate.OPEN}),
    Gate.OPEN: frozenset({Gate.HALF_OPEN, Gate.CLOSED}),
    Gate.HALF_OPEN: frozenset({Gate.OPEN, Gate.CLOSED}),
}
