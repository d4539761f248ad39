"""What one more look makes of a probe. Pure; a look shows `gone`, `live` or `unknown`."""

from dataclasses import dataclass, replace

from haetae.flow.verification.states import Purpose, State


@dataclass(frozen=True, kw_only=True)
class SightCodes:
    """One look in codes: `seen` over all, and for page and media what was seen and why."""

    seen: str
    page_seen: str
    page_why: str
    media_seen: str
    media_why: str


def another_picture(sight: SightCodes) -> SightCodes:
    """What a look is worth when another picture answers: neither gone nor live, and nobody is called a liar for it."""
    return replace(sight, seen="unknown", media_seen="unknown", media_why="another_picture")


def hidden_away(sight: SightCodes, *, purpose: Purpose) -> SightCodes:
    """What a look is worth when the page stays and nobody gets the media: what a block is for, and no removal."""
    return replace(sight, seen="gone") if purpose is Purpose.BLOCK else sight


def after_look(state: State, *, seen: str) -> State:
    """Gone and live must each be seen twice in a row: a copy near us may be older than the truth."""
    if seen == "live":
        return State.LIVE if state is State.LIVE_ONCE else State.LIVE_ONCE
    if seen == "gone":
        return State.GONE if state is State.GONE_ONCE else State.GONE_ONCE
    return State.UNKNOWN
