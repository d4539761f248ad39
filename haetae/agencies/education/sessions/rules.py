"""What the record of a session must say. Pure: codes that pages word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.agencies.education.states import SESSION_MOVES, SessionState
from haetae.common.states import may_move

MINUTES_MOST: Final = 24 * 60
PEOPLE_MOST: Final = 1_000_000
LIST_SHORTEST, LIST_LONGEST = 4, 200
CONTENT_LONGEST: Final = 400
WHY_SHORTEST, WHY_LONGEST = 4, 400


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a form says. Counts are people; `list_kept` says where the institution keeps the list of names.

    `lessons` are audiences of our lessons; `content` what else was taught. None is a count that was not readable.
    """

    on: date
    minutes: int | None
    learners: int | None
    staff: int | None
    parents: int | None
    head_was_there: bool
    lessons: Collection[str]
    content: str
    list_kept: str

    @property
    def counts(self) -> tuple[int | None, ...]:
        return (self.learners, self.staff, self.parents)


def why_not_record(held: Held, *, known_lessons: Collection[str], staff: int, today: date) -> str | None:
    """`staff` is how many work at the institution: one session cannot have taught more of them."""
    if held.on > today:
        return "session_to_come"
    if held.minutes is None or not 0 < held.minutes <= MINUTES_MOST:
        return "session_minutes"
    if any(count is None or count > PEOPLE_MOST for count in held.counts):
        return "session_people"
    if not sum(count or 0 for count in held.counts):
        return "session_nobody"
    if (held.staff or 0) > staff:
        return "session_more_staff"
    return _why_not_content(held, known_lessons)


def why_not_withdraw(state: SessionState, *, is_reported: bool, why: str) -> str | None:
    """What stands in a report that was sent stays; the report can be returned first."""
    if not may_move(SESSION_MOVES, state, SessionState.WITHDRAWN):
        return "session_withdrawn"
    if is_reported:
        return "session_reported"
    return None if WHY_SHORTEST <= len(why.strip()) <= WHY_LONGEST else "session_why"


def _why_not_content(held: Held, known_lessons: Collection[str]) -> str | None:
    if set(held.lessons) - set(known_lessons) or len(held.content.strip()) > CONTENT_LONGEST:
        return "session_content"
    if not held.lessons and not held.content.strip():
        return "session_content"
    return None if LIST_SHORTEST <= len(held.list_kept.strip()) <= LIST_LONGEST else "session_list"
