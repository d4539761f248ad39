"""What can become of an officer's word that a place must be deleted. Pure."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"  # the address is being opened
    ASKED = "asked"  # the commission, the operator and, where wanted, the support centre were asked
    NOT_FOUND = "not_found"  # the address led to no picture


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ASKED, State.NOT_FOUND}),
    State.ASKED: frozenset(),
    State.NOT_FOUND: frozenset(),
}
