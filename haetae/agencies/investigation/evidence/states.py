"""What can become of a piece of evidence, where it is from, and what is done with it. Pure."""

from enum import StrEnum


class State(StrEnum):
    REQUESTED = "requested"  # an officer wants it kept; it is being fetched
    NOT_CAPTURED = "not_captured"  # it could not be kept, and the officer reads why
    CAPTURED = "captured"  # it lies in the store; no outside clock has confirmed it yet
    SEALED = "sealed"  # an authority has stamped its digest, and nobody holds it yet
    HELD = "held"  # a custodian has it
    HANDED_OVER = "handed_over"  # given by one custodian, and not yet received by the other
    RELEASED = "released"  # handed out for good; our copy is kept until its time is over
    DESTROYED = "destroyed"


MOVES: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.CAPTURED, State.NOT_CAPTURED}),
    State.NOT_CAPTURED: frozenset(),
    State.CAPTURED: frozenset({State.SEALED}),
    State.SEALED: frozenset({State.HELD}),
    State.HELD: frozenset({State.HANDED_OVER, State.RELEASED, State.DESTROYED}),
    State.HANDED_OVER: frozenset({State.HELD}),
    State.RELEASED: frozenset({State.DESTROYED}),
    State.DESTROYED: frozenset(),
}
# While one of these holds, it lies in the store.
STORED = frozenset(State) - {State.REQUESTED, State.NOT_CAPTURED, State.DESTROYED}
# In these a deletion at the place may still have to wait for it.
UNSEALED = frozenset({State.REQUESTED, State.CAPTURED})
# In these somebody answers for it.
IN_CUSTODY = frozenset({State.HELD, State.HANDED_OVER, State.RELEASED})


class Origin(StrEnum):
    """Where it comes from. Wherever that is, it is used for the lawful purposes alone."""

    PUBLIC_PAGE = "public_page"
    UNDERCOVER = "undercover"
    STATEMENT = "statement"


class Act(StrEnum):
    """One link of the chain of custody."""

    TAKEN = "taken"  # by its first custodian
    GIVEN = "given"
    RECEIVED = "received"
    TAKEN_BACK = "taken_back"  # given, and not received
    OPENED = "opened"
    EXPORTED = "exported"
    RELEASED = "released"
    DESTRUCTION_ASKED = "destruction_asked"
    DESTROYED = "destroyed"
