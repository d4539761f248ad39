"""What a self-report needs, and who may do what with it. Pure: codes that pages word."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from haetae.agencies.investigation.self_reports.states import MOVES, State
from haetae.common.states import may_move

TOLD_SHORTEST: Final = 10
TOLD_LONGEST: Final = 8_000
CONTACT_LONGEST: Final = 300
# Without letters and digits that are mistaken for each other when somebody reads them out.
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_receipt(*, year: int) -> str:
    """A number to keep: 10 signs of 30, so that nobody guesses another person's. It opens nothing."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(10))
    return f"SR-{year}-{drawn[:5]}-{drawn[5:]}"


def to_the_second(at: datetime) -> datetime:
    """A moment as it is told: hours, minutes and seconds, and no more than a clock shows."""
    return at.replace(microsecond=0)


def why_not_report(*, told: str, contact: str, has_understood: bool) -> str | None:
    """What stands against taking it, or None. Whoever writes says first that they have read what it is not."""
    if not has_understood:
        return "self_report_not_understood"
    readable = sum(one.isprintable() for one in told.strip())
    if readable < TOLD_SHORTEST or len(told.strip()) > TOLD_LONGEST:
        return "self_report_told"
    return None if len(contact.strip()) <= CONTACT_LONGEST else "self_report_contact"


def why_not_take_up(state: State) -> str | None:
    return None if may_move(MOVES, state, State.TAKEN) else "self_report_taken"


def why_not_go_on(state: State, after: State, *, taken_by: UUID | None, by: UUID) -> str | None:
    """Only the officer who has taken it up puts it into a file, gives it back or closes it."""
    if not may_move(MOVES, state, after):
        return "self_report_over" if not MOVES[state] else "self_report_not_taken"
    return None if taken_by == by else "self_report_of_another"
