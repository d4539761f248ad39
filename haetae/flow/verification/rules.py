"""What one more look makes of a probe. Pure; a look shows `gone`, `live` or `unknown`."""

from dataclasses import dataclass, replace

from haetae.flow.verification.states import State


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


def after_look(state: State, *, seen: str) -> State:
    """One sight of it is enough to say live; gone must be seen twice in a row; anything else is not knowing."""
    if seen == "live":
        return State.LIVE
    if seen != "gone":
        return State.UNKNOWN
    return State.GONE if state is State.SEEN_ONCE else State.SEEN_ONCE
