"""What a counsellor may put right, and why not. Pure: it says why not, in a code."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from haetae.agencies.support.desk.states import REASONS, Part, Proof, Reason
from haetae.agencies.support.states import STOOD_BY, Age, Channel, Circumstance, ExOfficio, State

# Who the person is stays open for one conversation; what was told for the working day on which it was opened.
IDENTITY_STAYS_OPEN: Final = timedelta(minutes=15)
_PROTECTION: Final = {Age.ADULT: 0, Age.UNSAID: 1, Age.UNDER_19: 2}


def why_not_open(state: State, *, part: Part, reason: Reason | None) -> str | None:
    """What stands against reading it, or None."""
    if state not in STOOD_BY:
        return "case_ended"
    return None if reason in REASONS[part] else "reason_missing"


def is_still_open(part: Part, *, opened_at: datetime, day_began_at: datetime, at: datetime) -> bool:
    """Whether a reason given then still holds now."""
    return opened_at >= (day_began_at if part is Part.TOLD else at - IDENTITY_STAYS_OPEN)


def why_not_age(before: Age, after: Age, *, proof: Proof) -> str | None:
    """A guess may raise protection. Lowering it needs the person's word, and for who counts as a minor a paper."""
    if _PROTECTION[after] >= _PROTECTION[before]:
        return None
    if before is Age.UNDER_19:
        return None if proof is Proof.PAPER else "age_needs_a_paper"
    return "age_needs_a_word" if proof is Proof.NONE else None


def why_not_tell_guardian(*, circumstances: Collection[str], home_asked: bool, agreed: bool) -> str | None:
    """What stands against telling a guardian, or None.

    Whoever did it, or is married to who did it, has no say (SCA 30(3)): the person is asked first, alone.
    """
    if Circumstance.GUARDIAN_UNSAFE in circumstances:
        return "guardian_unsafe"
    if not home_asked:
        return "home_not_asked"
    return None if agreed else "guardian_not_agreed"


def why_not_hand_on(*, to_a_counsellor: bool, to_somebody: bool) -> str | None:
    return "not_a_counsellor" if to_somebody and not to_a_counsellor else None


def why_not_ex_officio(*, channel: Channel, reason: ExOfficio | None, age: Age) -> str | None:
    """Without anybody's request only where the law demands it (SVP 7-3(3)), and it is said why."""
    if channel is not Channel.EX_OFFICIO:
        return None if reason is None else "ex_officio_has_a_request"
    if reason is None:
        return "ex_officio_reason_missing"
    return "ex_officio_needs_a_minor" if reason is ExOfficio.CSAM and age is not Age.UNDER_19 else None
