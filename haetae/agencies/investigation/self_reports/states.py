"""What can become of a self-report, how it came, and how old its writer was. Pure."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"  # nobody has taken it up
    TAKEN = "taken"  # one officer reads it
    FILED = "filed"  # it belongs to a file of the police
    CLOSED = "closed"  # it is about nothing that the police follow here


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.TAKEN}),
    State.TAKEN: frozenset({State.WAITING, State.FILED, State.CLOSED}),
    State.FILED: frozenset(),
    State.CLOSED: frozenset(),
}


class CameBy(StrEnum):
    PORTAL = "portal"  # written by the person, who gave no name unless they wanted to
    DESK = "desk"  # said to an officer, who wrote it down


class Age(StrEnum):
    """How old they say they were when they did it. Unsaid is nobody's age."""

    UNDER_14 = "under_14"
    UNDER_19 = "under_19"
    ADULT = "adult"
    UNSAID = "unsaid"


class WhyClosed(StrEnum):
    OTHER_OFFENCE = "other_offence"  # handed to whoever follows that by another way
    NO_OFFENCE = "no_offence"
    NOT_SERIOUS = "not_serious"  # a joke, or about somebody else
    TWICE = "twice"  # the same was reported before
