"""What a year's report adds up to, why teaching counts as poor, and who may order a training. Pure."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from haetae.agencies.education.states import TRAINING_MOVES, YEAR_MOVES, Poor, TrainingState, YearState
from haetae.common.states import may_move

FIRST_YEAR: Final = 2024
WHY_SHORTEST, WHY_LONGEST = 10, 1_000
_ANSWERED: Final = frozenset({YearState.ACCEPTED, YearState.RETURNED})


@dataclass(frozen=True, kw_only=True)
class Taught:
    """One session as it counts."""

    session_id: UUID
    minutes: int
    learners: int
    staff: int
    parents: int
    head_was_there: bool


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A year of one institution. `staff_taught` counts people in the session that reached most of the staff.

    A person who came twice would count twice in a sum, so that the largest session is what is known for sure.
    """

    sessions: int
    minutes: int
    learners: int
    parents: int
    staff_taught: int
    staff_total: int
    head_was_there: bool

    @property
    def staff_percent(self) -> int:
        """Rounded down: nobody reaches a bound by rounding."""
        return self.staff_taught * 100 // self.staff_total if self.staff_total else 0


def figures(taught: Iterable[Taught], *, staff_total: int) -> Figures:
    """Attendances of learners and parents are added up; staff is counted once."""
    rows = list(taught)
    return Figures(
        sessions=len(rows),
        minutes=sum(row.minutes for row in rows),
        learners=sum(row.learners for row in rows),
        parents=sum(row.parents for row in rows),
        staff_taught=max((row.staff for row in rows), default=0),
        staff_total=staff_total,
        head_was_there=any(row.head_was_there for row in rows),
    )


def poor(found: Figures | None, *, sessions: int, minutes: int, staff_percent: int) -> tuple[Poor, ...]:
    """Why teaching counts as poor; None of figures means that no report came. The bounds are the law's and ours."""
    if found is None:
        return (Poor.NO_REPORT,)
    if found.sessions < sessions:
        return (Poor.NO_SESSION,)
    reasons = {
        Poor.TOO_SHORT: found.minutes < minutes,
        Poor.FEW_OF_THE_STAFF: found.staff_percent < staff_percent,
        Poor.HEAD_ABSENT: not found.head_was_there,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def due_at(year: int, *, by_end_of_month: int, zone: ZoneInfo) -> datetime:
    """The end of the last day of that month in the year after, in UTC."""
    last = calendar.monthrange(year + 1, by_end_of_month)[1]
    day = date(year + 1, by_end_of_month, last) + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def why_not_expect(year: int, *, today: date) -> str | None:
    return None if FIRST_YEAR <= year <= today.year else "year_out_of_reach"


def why_not_send(state: YearState, *, year: int, measures: str, today: date) -> str | None:
    """A report about a year is sent when that year is over."""
    if not may_move(YEAR_MOVES, state, YearState.SENT):
        return "year_sent_already"
    if year >= today.year:
        return "year_not_over"
    return None if WHY_SHORTEST <= len(measures.strip()) <= WHY_LONGEST else "year_measures"


def why_not_answer(state: YearState, answer: YearState, *, why: str) -> str | None:
    """Returned with a reason; accepted without one."""
    if answer not in _ANSWERED or not may_move(YEAR_MOVES, state, answer):
        return "year_not_sent"
    is_said = WHY_SHORTEST <= len(why.strip()) <= WHY_LONGEST
    return "year_why" if answer is YearState.RETURNED and not is_said else None


def why_not_propose(reasons: Sequence[str], *, state: YearState, waits: bool) -> str | None:
    """Only for teaching that was found poor, and once."""
    if state not in {YearState.ACCEPTED, YearState.MISSING}:
        return "training_not_checked"
    if not reasons:
        return "training_not_poor"
    return "training_waits" if waits else None


def why_not_move(state: TrainingState, after: TrainingState) -> str | None:
    return None if may_move(TRAINING_MOVES, state, after) else "training_over"


def why_not_order(state: TrainingState, *, proposed_by: UUID, by: UUID) -> str | None:
    """It binds an institution, so that another official orders it than who proposed it."""
    if state is not TrainingState.PROPOSED:
        return "training_over"
    return "training_same_official" if proposed_by == by else None
