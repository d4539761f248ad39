"""What can become of a watch list, and what kinds of places it may name. Pure."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"  # written down by one
    ON = "on"  # switched on by another
    PAUSED = "paused"
    ENDED = "ended"  # by its own date, or by somebody; nothing of it is visited any more


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ON, State.ENDED}),
    State.ON: frozenset({State.PAUSED, State.ENDED}),
    State.PAUSED: frozenset({State.ON, State.ENDED}),
    State.ENDED: frozenset(),
}
# Somebody else than who drafted it has switched it on, and it has not ended.
CONFIRMED: frozenset[State] = frozenset({State.ON, State.PAUSED})


class Kind(StrEnum):
    """How a place is read. The same words as haetae.connectors.crawling.base.PlaceKind, which only jobs know."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    CHANNEL = "channel"
    SEARCH = "search"  # what a search engine still suggests, or keeps a small copy of


class Ended(StrEnum):
    """Why a list ended."""

    DATE = "date"
    PERSON = "person"
