"""What may be proposed for confiscation, by whom it is decided, and why not. Pure: codes that pages word."""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from haetae.agencies.investigation.proceeds.states import DECIDED, MOVES, State
from haetae.common.states import may_move
from haetae.common.written import fits
from haetae.law.after import Confiscation

WHAT_SHORTEST: Final = 5
WHAT_LONGEST: Final = 2_000
WHY_SHORTEST: Final = 10
WHY_LONGEST: Final = 4_000
LARGEST_WON: Final = 10**15


def why_not_trace(
    *, what: str, where: str, won: int | None, offence_on: date, offence: str, offences: Collection[str], today: date
) -> str | None:  # fmt: skip
    """What stands against writing it down, or None. `offences` are the ids that the law knows."""
    if not fits(what, WHAT_SHORTEST, WHAT_LONGEST):
        return "proceeds_what"
    if not fits(where, 3, WHAT_LONGEST):
        return "proceeds_where"
    if won is not None and not 0 < won <= LARGEST_WON:
        return "proceeds_sum"
    if offence_on > today:
        return "proceeds_day"
    return None if offence in offences else "proceeds_offence"


def why_not_propose(
    state: State, *, law: Confiscation, offence: str, offence_on: date, reason: str
) -> str | None:
    """Only for deeds of the days and articles that the law names: it never reaches back."""
    if not may_move(MOVES, state, State.PROPOSED):
        return "proceeds_not_traced"
    if offence not in law.offences:
        return "confiscation_other_offence"
    if not law.covers(offence_on):
        return "confiscation_before"
    return None if fits(reason, WHY_SHORTEST, WHY_LONGEST) else "proceeds_reason"


def why_not_decide(
    state: State, outcome: State, *, worked_on_it: Collection[UUID], by: UUID, reason: str
) -> str | None:
    """`worked_on_it` are whoever traced, proposed or works on the file, or did: none of them decides."""
    if by in worked_on_it:
        return "proceeds_own"
    if outcome not in DECIDED or not may_move(MOVES, state, outcome):
        return "proceeds_not_proposed"
    return None if fits(reason, WHY_SHORTEST, WHY_LONGEST) else "proceeds_reason"
