"""What a probe can come to. Pure."""

from enum import StrEnum


class State(StrEnum):
    """A probe looks twice. `gone` needs both looks; `unknown` is looked at again, and never counts as gone."""

    PLANNED = "planned"
    SEEN_ONCE = "seen_once"
    GONE = "gone"
    LIVE = "live"
    UNKNOWN = "unknown"


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SEEN_ONCE, State.LIVE, State.UNKNOWN}),
    State.SEEN_ONCE: frozenset({State.GONE, State.LIVE, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.SEEN_ONCE, State.LIVE, State.UNKNOWN}),
    State.GONE: frozenset(),
    State.LIVE: frozenset(),
}
