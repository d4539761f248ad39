"""What becomes of an incident inside an institution: whether it is told, and by when a plan is owed. Pure."""

from collections.abc import Collection
from datetime import date
from typing import Final

from haetae.agencies.education.states import INCIDENT_MOVES, IncidentState, Wish
from haetae.common.states import may_move

PLAN_SHORTEST, PLAN_LONGEST = 20, 8_000
WHY_SHORTEST, WHY_LONGEST = 10, 1_000
OLDEST_DAYS: Final = 5 * 366


def why_not_note(*, known_on: date, today: date) -> str | None:
    """The day on which the institution learnt of it: from it the times of the law run."""
    if known_on > today:
        return "incident_to_come"
    return "incident_too_old" if (today - known_on).days > OLDEST_DAYS else None


def first_state(wish: Wish) -> IncidentState:
    """A clear objection keeps it inside; whoever could not be asked has not objected."""
    return IncidentState.WITHHELD if wish is Wish.OBJECTS else IncidentState.NOTED


def why_not_wish(state: IncidentState, wish: Wish) -> str | None:
    """The person may say something else until it is told; what the ministry has read is not taken back."""
    if state not in {IncidentState.NOTED, IncidentState.WITHHELD}:
        return "incident_told_already"
    return "incident_wish" if wish is Wish.COULD_NOT_ASK and state is IncidentState.WITHHELD else None


def why_not_tell(state: IncidentState) -> str | None:
    if state is IncidentState.WITHHELD:
        return "incident_objected"
    return None if may_move(INCIDENT_MOVES, state, IncidentState.TOLD) else "incident_told_already"


def why_not_plan(state: IncidentState, *, text: str) -> str | None:
    if state is IncidentState.WITHHELD:
        return "incident_objected"
    if state is IncidentState.NOTED:
        return "incident_not_told"
    if not may_move(INCIDENT_MOVES, state, IncidentState.PLANNED):
        return "plan_not_owed"
    return None if PLAN_SHORTEST <= len(text.strip()) <= PLAN_LONGEST else "plan_text"


def why_not_answer(state: IncidentState, answer: IncidentState, *, why: str) -> str | None:
    """Returned with a reason; accepted without one."""
    if answer not in {IncidentState.ACCEPTED, IncidentState.RETURNED}:
        return "plan_answer"
    if not may_move(INCIDENT_MOVES, state, answer):
        return "plan_not_there"
    is_said = WHY_SHORTEST <= len(why.strip()) <= WHY_LONGEST
    return "plan_why" if answer is IncidentState.RETURNED and not is_said else None


def is_head_of_the_law(kind: str, *, by_head: bool, heads_of: Collection[str]) -> bool:
    """Whether the shorter time of the law holds: only for heads whom the decree names."""
    return by_head and kind in heads_of
