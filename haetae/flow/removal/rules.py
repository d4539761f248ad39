"""What follows from an answer, a look or a failure. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from haetae.flow.removal.states import State

# In whose name the system asks: a body that the regulator designated (key of the jurisdiction pack).
LEGAL_BASIS = "designated_body_request"


def may_be_handed_over(state: State, *, was_answered: bool) -> bool:
    """Whether the operator still has to be asked: also when the time is up, as long as it never answered."""
    return state is State.REQUESTED or (state is State.OVERDUE and not was_answered)


def is_still_deciding(state: State) -> bool:
    """Whether an operator that has the request may yet be asked what became of it, also when the time is up."""
    return state in {State.SENT, State.OVERDUE}


def after_look(state: State, *, gone: bool) -> State | None:
    """What our own eyes make of a request; None when they tell nothing new."""
    if gone:
        return (
            None
            if state in {State.VERIFIED, State.REAPPEARED, State.REQUESTED, State.SENT}
            else State.VERIFIED
        )
    return {State.CLAIMED: State.CLAIM_FALSE, State.VERIFIED: State.REAPPEARED}.get(state)


def pause_before_try(
    tries: int, *, pauses: Sequence[timedelta], asked_to_wait: timedelta | None
) -> timedelta | None:
    """How long to wait after `tries` failed attempts; None when the list is used up.

    An operator's Retry-After is honoured, up to the longest pause of the list.
    """
    if tries >= len(pauses):
        return None
    planned = pauses[tries]
    return planned if asked_to_wait is None else max(planned, min(asked_to_wait, max(pauses)))
