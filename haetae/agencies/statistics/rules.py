"""Which month may be published when, and again only for a reason. Codes that pages word. Pure."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

FIRST_MONTH: Final = "2020-01"  # nothing of ours is older
_MONTH: Final = re.compile(r"20[0-9][0-9]-(?:0[1-9]|1[0-2])")


class Reason(StrEnum):
    """Why a month is published again."""

    COUNTED_WRONG = "counted_wrong"  # the count itself was wrong
    OPERATOR_CORRECTED = "operator_corrected"  # a place was booked to another operator or way
    RECORD_COMPLETED = "record_completed"  # something of that month reached the record later


def why_not_month(month: str) -> str | None:
    """It reads YYYY-MM."""
    return None if _MONTH.fullmatch(month) and month >= FIRST_MONTH else "month_unreadable"


def borders(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the month and of the next one, where the officials are. The month is readable."""
    year, number = map(int, month.split("-"))
    after = (year + 1, 1) if number == 12 else (year, number + 1)
    return datetime(year, number, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


def why_not_publish(
    month: str, *, now: datetime, zone: ZoneInfo, revisions: int, reason: Reason | None, is_changed: bool
) -> str | None:
    """A month that is over, once; and again only with a reason, and only where something is different."""
    if problem := why_not_month(month):
        return problem
    if now < borders(month, zone)[1]:
        return "month_not_over"
    if revisions and reason is None:
        return "month_published_already"
    if not revisions and reason is not None:
        return "month_not_published_yet"
    return "nothing_changed" if revisions and not is_changed else None
