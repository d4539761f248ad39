"""Whom to ask for what, when to ask once more, and what may be undone. Pure: codes that pages word."""

from collections.abc import Collection, Mapping
from typing import Final

from haetae.flow.remedies.states import HIDES, NOT_ACTED, OVER, Ended, Kind, State

# By the kind of an intermediary (accounts.OperatorKind); a platform is asked as the operator, never here.
KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "host": (Kind.HOST_NOTICE,),
    "cdn": (Kind.CDN_NOTICE,),
    "search": (Kind.DE_INDEX, Kind.CACHED_COPY),
    "access_provider": (Kind.ACCESS_BLOCK,),
}
EVERYWHERE: Final = ""  # in place of an origin: stands before every place
# Nobody hosts or delivers the whole web: these are named for the origins that they serve.
_FOR_ONE_ORIGIN: Final = frozenset({"host", "cdn"})


def why_not_serve(kind: str, *, origin: str) -> str | None:
    """A code for what stands against noting that an operator of this kind stands before this origin, or None."""
    if kind not in KINDS:
        return "a_platform_is_asked_itself"
    if kind in _FOR_ONE_ORIGIN and origin == EVERYWHERE:
        return "needs_an_origin"
    return None


def wanted_of(kind: str, *, is_decided: bool) -> tuple[Kind, ...]:
    """What is asked of an intermediary of this kind. The state's measure needs a decision of the regulator's side."""
    return tuple(asked for asked in KINDS.get(kind, ()) if is_decided or asked is not Kind.ACCESS_BLOCK)


def is_asked_anew(state: State, kind: Kind, *, is_another_request: bool, came_back: bool) -> bool:
    """Whether a remedy that there is already begins anew.

    Another request about the place is one that carries a decision, or one about what came back.
    """
    if state in OVER:
        return True
    if state is State.CLAIMED:
        return came_back and kind is not Kind.ACCESS_BLOCK  # whoever does not open the address still does not
    return is_another_request and state not in {State.WANTED, State.SENT}


def is_ended_by(state: State, kind: Kind, *, because: Ended) -> bool:
    """Whether this takes the remedy away.

    What an intermediary did stays done when the picture is gone, for it may be why. A block of access does not: nothing
    is left behind it that the state may keep from anybody. What a person alone wanted ends only as far as nobody acted.
    """
    if state in OVER:
        return False
    if because is Ended.NOT_HARMFUL:
        return True
    if because is Ended.GONE:
        return state is not State.CLAIMED or kind is Kind.ACCESS_BLOCK
    return state in NOT_ACTED and kind is not Kind.ACCESS_BLOCK


def must_be_told(kind: Kind, *, because: Ended, may_have_arrived: bool) -> bool:
    """Whether the intermediary is asked to undo it.

    Never while the picture is unlawful: a host that acted without a word would show it again because we thank it.
    """
    return may_have_arrived and (because is Ended.NOT_HARMFUL or kind is Kind.ACCESS_BLOCK)


def only_hidden(claimed: Collection[Kind]) -> bool:
    """Whether what intermediaries claim may be the only reason that nobody sees it, so that gone is not removed."""
    return bool(HIDES & set(claimed)) and Kind.HOST_NOTICE not in claimed
