"""What the record of a report to the police must say: the day, and nothing of the case. Pure."""

from datetime import date
from typing import Final

OLDEST_DAYS: Final = 366


def why_not_note(*, learnt_on: date, told_on: date, today: date) -> str | None:
    """Nobody tells before they know, and nothing is noted ahead."""
    if max(learnt_on, told_on) > today:
        return "duty_to_come"
    if told_on < learnt_on:
        return "duty_before_knowing"
    return "duty_too_old" if (today - told_on).days > OLDEST_DAYS else None
