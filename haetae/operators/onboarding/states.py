"""What can become of an application, and the codes it is told in. Pure."""

from enum import StrEnum


class State(StrEnum):
    APPLIED = "applied"
    NOT_PROVEN = "not_proven"  # we looked, and the origin did not show what we asked for
    PROVEN = "proven"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: dict[State, frozenset[State]] = {
    State.APPLIED: frozenset({State.PROVEN, State.NOT_PROVEN, State.DECLINED, State.WITHDRAWN}),
    State.NOT_PROVEN: frozenset({State.PROVEN, State.DECLINED, State.WITHDRAWN}),
    State.PROVEN: frozenset({State.APPROVED_ONCE, State.DECLINED, State.WITHDRAWN}),
    State.APPROVED_ONCE: frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN}),
    State.APPROVED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
UNPROVEN = frozenset({State.APPLIED, State.NOT_PROVEN})
# Waits for an official.
FOR_OFFICIALS = frozenset({State.PROVEN, State.APPROVED_ONCE})
OPEN = UNPROVEN | FOR_OFFICIALS


class Way(StrEnum):
    """How it wants to be reached."""

    WEBHOOK = "webhook"
    MAIL = "mail"
    POLLING = "polling"
    DESK = "desk"  # its people sign in and look


class Declined(StrEnum):
    """Why an official says no."""

    PRIVATE_CHATS = "private_chats"  # nothing there is public, and private chats are out of scope
    NO_OPERATOR = "no_operator"  # nothing there that it could delete or hide
    WHO_IS_UNCLEAR = "who_is_unclear"
    DOUBLE = "double"
