"""What can become of a mark, why there is one, and why it ends. Pure."""

from enum import StrEnum


class State(StrEnum):
    STANDS = "stands"
    ENDING = "ending"  # one official wants it ended: it stands until another agrees
    ENDED = "ended"


MOVES: dict[State, frozenset[State]] = {
    State.STANDS: frozenset({State.ENDING}),
    State.ENDING: frozenset({State.STANDS, State.ENDED}),
    State.ENDED: frozenset(),
}


class Ground(StrEnum):
    """Why people decide at this place. Codes alone: nobody's name is kept."""

    PUBLIC_OFFICE = "public_office"
    PRESS = "press"
    CRITICISM = "criticism"
    ELECTION = "election"
    WORK = "work"


class EndGround(StrEnum):
    NO_LONGER = "no_longer"
    MISTAKEN = "mistaken"
