"""What can become of a request for new words. Pure."""

from enum import StrEnum


class State(StrEnum):
    ASKED = "asked"  # one counsellor has recognised the person
    CONFIRMED = "confirmed"  # a second one has, too
    ISSUED = "issued"  # new words were read out; the old ones open nothing
    REFUSED = "refused"


MOVES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.CONFIRMED, State.REFUSED}),
    State.CONFIRMED: frozenset({State.ISSUED, State.REFUSED}),
    State.ISSUED: frozenset(),
    State.REFUSED: frozenset(),
}
OPEN = frozenset({State.ASKED, State.CONFIRMED})
