"""What a probe can come to, and what it looks for. Pure."""

from enum import StrEnum


class Purpose(StrEnum):
    """What the operator says, and we want to see for ourselves."""

    REMOVAL = "removal"  # that it is gone
    BLOCK = "block"  # that it is hidden, for now or for good
    RESTORE = "restore"  # that it is back


class State(StrEnum):
    """A probe looks twice. `gone` and `live` need both looks; `unknown` is looked at again, and counts as neither."""

    PLANNED = "planned"
    GONE_ONCE = "gone_once"
    LIVE_ONCE = "live_once"
    GONE = "gone"
    LIVE = "live"
    UNKNOWN = "unknown"


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.GONE_ONCE, State.LIVE_ONCE, State.UNKNOWN}),
    State.GONE_ONCE: frozenset({State.GONE, State.LIVE_ONCE, State.UNKNOWN}),
    State.LIVE_ONCE: frozenset({State.LIVE, State.GONE_ONCE, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.GONE_ONCE, State.LIVE_ONCE, State.UNKNOWN}),
    State.GONE: frozenset(),
    State.LIVE: frozenset(),
}
