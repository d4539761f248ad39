"""What one more look makes of a probe. Pure; a look shows `gone`, `live` or `unknown`."""

from haetae.flow.verification.states import State


def after_look(state: State, *, seen: str) -> State:
    """One sight of it is enough to say live; gone must be seen twice in a row; anything else is not knowing."""
    if seen == "live":
        return State.LIVE
    if seen != "gone":
        return State.UNKNOWN
    return State.GONE if state is State.SEEN_ONCE else State.SEEN_ONCE
