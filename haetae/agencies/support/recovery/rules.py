"""Who may give new words, and why not. Pure: it says why not, in a code."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from haetae.agencies.support.recovery.states import State
from haetae.agencies.support.states import IdentityCheck, Recovery

# The person waits at the telephone or in the room: what two people agreed on is for this conversation.
VALID_FOR: Final = timedelta(hours=24)


def why_not_ask(
    *, chosen: Recovery, chosen_id: UUID | None, agreed: str, how: IdentityCheck | None, official_id: UUID
) -> str | None:
    """What stands against it, or None. Only what the person chose beforehand counts."""
    if chosen is Recovery.NOBODY:
        return "recovery_not_chosen"
    if chosen is Recovery.COUNSELLOR and official_id != chosen_id:
        return "recovery_by_another"
    return None if how is not None and how == agreed else "recovery_not_as_agreed"


def why_not_confirm(*, state: State, asked_by: UUID, official_id: UUID) -> str | None:
    """Two different people, always."""
    if state is not State.ASKED:
        return "recovery_over"
    return "recovery_by_one_alone" if asked_by == official_id else None


def why_not_issue(
    *, state: State, asked_by: UUID, official_id: UUID, changed_at: datetime, at: datetime
) -> str | None:
    """The words are read out by whoever speaks with the person, once, and soon."""
    if state is State.ASKED:
        return "recovery_not_confirmed"
    if state is not State.CONFIRMED:
        return "recovery_over"
    if asked_by != official_id:
        return "recovery_of_another"
    return "recovery_too_old" if at - changed_at > VALID_FOR else None
