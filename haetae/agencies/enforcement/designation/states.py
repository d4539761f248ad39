"""What can become of a designation. Pure."""

from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"
    HEARING = "hearing"  # the operator is heard, or the exception is recorded
    DESIGNATED = "designated"  # signed by another official than the one who proposed it
    COMPLIED = "complied"  # an officer and a hotline are named
    NOT_COMPLIED = "not_complied"  # people have a task; an order may follow
    ENDED = "ended"
    DROPPED = "dropped"  # before it was signed


MOVES: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.HEARING, State.DROPPED}),
    State.HEARING: frozenset({State.DESIGNATED, State.DROPPED}),
    State.DESIGNATED: frozenset({State.COMPLIED, State.NOT_COMPLIED, State.ENDED}),
    # Late is late, and still better than never; and a hotline that falls silent is no hotline.
    State.NOT_COMPLIED: frozenset({State.COMPLIED, State.ENDED}),
    State.COMPLIED: frozenset({State.NOT_COMPLIED, State.ENDED}),
    State.ENDED: frozenset(),
    State.DROPPED: frozenset(),
}
OPEN = frozenset(State) - {State.ENDED, State.DROPPED}
SIGNED = frozenset({State.DESIGNATED, State.COMPLIED, State.NOT_COMPLIED, State.ENDED})
IN_FORCE = SIGNED - {State.ENDED}


class SeenOn(StrEnum):
    """Where the invitation to an open channel stood, for everybody to read."""

    WEB_PAGE = "web_page"
    SEARCH_RESULT = "search_result"
    PUBLIC_POST = "public_post"
    SERVICE_LISTING = "service_listing"  # the operator's own list of open channels


class WhyEnded(StrEnum):
    BELOW_SIZE = "below_size"
    NO_OPEN_CHANNELS = "no_open_channels"
    CLOSED_DOWN = "closed_down"
    IN_ERROR = "in_error"
