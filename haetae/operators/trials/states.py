"""What can become of a trial. Pure. That its day is over is no state: the clock says so."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"  # is being handed over, or lies at our door to be fetched
    ARRIVED = "arrived"  # the operator's system took the message
    FAILED = "failed"  # it could not be handed over; it may be answered all the same
    ANSWERED = "answered"


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ARRIVED, State.FAILED, State.ANSWERED}),
    State.ARRIVED: frozenset({State.ANSWERED}),
    State.FAILED: frozenset({State.ARRIVED, State.ANSWERED}),
    State.ANSWERED: frozenset(),
}
