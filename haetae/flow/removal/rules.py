"""What follows from an answer or a look. Pure."""

from dataclasses import dataclass

from haetae.flow.removal.states import MOVES, State

# In whose name the system asks: a body that the regulator designated (key of the jurisdiction pack).
LEGAL_BASIS = "designated_body_request"

_STILL_THERE = {State.CLAIMED: State.CLAIM_FALSE, State.VERIFIED: State.REAPPEARED}


@dataclass(frozen=True, kw_only=True)
class Depicts:
    """What is said of the picture beside that it is there: a minor by anybody's word, forged by a decision alone."""

    minor: bool = False
    manipulated: bool = False


def is_still_deciding(state: State) -> bool:
    """Whether an operator that has the request may yet be asked what became of it, also when the time is up."""
    return state in {State.SENT, State.OVERDUE}


def after_look(state: State, *, gone: bool, hidden: bool = False) -> State | None:
    """What our own eyes make of a request; None when they tell nothing new.

    From outside what is hidden looks like what is gone: where it is `hidden`, only a claim can be verified.
    """
    if gone:
        believable = state is State.CLAIMED or not hidden
        return State.VERIFIED if believable and State.VERIFIED in MOVES[state] else None
    return _STILL_THERE.get(state)


def after_look_for_block(state: State, *, hidden: bool) -> State | None:
    """The same for something that was hidden for good: seen by everybody, the claim is false."""
    return State.CLAIM_FALSE if state is State.ACCESS_BLOCKED and not hidden else None
