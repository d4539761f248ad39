"""What can become of a second look, and of whose act it is one. Pure."""

from enum import StrEnum


class Of(StrEnum):
    """Whose act is looked at again."""

    AUTOMATIC = "automatic"  # nobody's: the rules let it act
    JUDGED = "judged"  # one person's, by a task
    DECIDED = "decided"  # the commission's, by its majority


class State(StrEnum):
    DRAWN = "drawn"
    WAITING = "waiting"  # stands among what waits, as anything else
    AGREED = "agreed"
    DIFFERED = "differed"
    NOT_OPENED = "not_opened"  # there was nothing to be judged any more; `why` says why
    LAPSED = "lapsed"  # nobody has taken it, or a newer examination took its place


MOVES: dict[State, frozenset[State]] = {
    State.DRAWN: frozenset({State.WAITING, State.NOT_OPENED}),
    State.WAITING: frozenset({State.AGREED, State.DIFFERED, State.LAPSED}),
    State.AGREED: frozenset(),
    State.DIFFERED: frozenset(),
    State.NOT_OPENED: frozenset(),
    State.LAPSED: frozenset(),
}
COMPARED = frozenset({State.AGREED, State.DIFFERED})
