"""ISO 8601 durations, and the one function that adds them to a moment.

Weeks, days, hours, minutes and seconds are exact lengths. Months and years are counted by the calendar of
the jurisdiction, because "three months from 30 November" depends on where one stands.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

_PATTERN: Final = re.compile(
    r"P(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,5})M)?(?:(?P<weeks>[0-9]{1,6})W)?(?:(?P<days>[0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,8})M)?(?:(?P<seconds>[0-9]{1,10})S)?)?"
)
_MONTHS_IN_A_YEAR: Final = 12


class DurationError(ValueError):
    """A duration cannot be read or cannot be added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time that never runs backwards: whole calendar months and an exact rest."""

    months: int = 0
    exact: timedelta = timedelta()

    def __post_init__(self) -> None:
        if self.months < 0 or self.exact < timedelta():
            raise DurationError("A duration cannot be negative; swap the two moments instead.")

    def __str__(self) -> str:
        """The shortest ISO 8601 spelling; PT24H and P1D are the same duration and both print as P1D."""
        years, months = divmod(self.months, _MONTHS_IN_A_YEAR)
        minutes, seconds = divmod(self.exact.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days = _spelled(Y=years, M=months, D=self.exact.days)
        clock = _spelled(H=hours, M=minutes, S=seconds)
        return f"P{days}{'T' + clock if clock else ''}" if days or clock else "PT0S"

    def as_timedelta(self) -> timedelta:
        """The exact length; a duration with months has none and raises DurationError."""
        if self.months:
            raise DurationError(f"{self} has no fixed length; give due_at() a start to count from.")
        return self.exact


def parse_duration(text: str) -> Duration:
    """Read a duration such as P1D, PT4H, P3M or P1Y6M. Fractions and signs are refused."""
    match = _PATTERN.fullmatch(text)
    parts = (
        {unit: int(number) for unit, number in match.groupdict(default="").items() if number} if match else {}
    )
    if not parts:
        raise DurationError(f"{text!r} is not a duration; write it like P30D, PT4H or P3M.")
    months = parts.pop("years", 0) * _MONTHS_IN_A_YEAR + parts.pop("months", 0)
    return Duration(months=months, exact=timedelta(**parts))


def due_at(*, start: datetime, duration: Duration, tz: tzinfo) -> datetime:
    """The moment, in UTC, at which `duration` has passed since `start`.

    Months come first, on the clock and calendar of `tz`; where the day does not exist the month's last day
    counts (31 January and one month is 28 or 29 February). A time of day that comes twice there, because clocks were
    put back, is taken the first time; one that never comes, because they were put forward, is read on the clock as it
    stood before, so that 02:30 becomes 03:30. The exact rest follows as elapsed time, whatever the clocks do.
    The count runs from the moment itself: the Civil Act's way of leaving out the first day and ending with
    the last one (articles 157 to 161) would fall later, and is not applied here.
    """
    if start.utcoffset() is None:
        raise DurationError(f"start {start.isoformat()} names no time zone; give an aware datetime.")
    try:
        moved = (
            _months_later(local=start.astimezone(tz), months=duration.months) if duration.months else start
        )
        return moved.astimezone(UTC) + duration.exact
    except (OverflowError, ValueError) as error:
        raise DurationError(f"{start.isoformat()} plus {duration} lies outside the calendar.") from error


def _months_later(*, local: datetime, months: int) -> datetime:
    year, month_index = divmod(local.year * _MONTHS_IN_A_YEAR + local.month - 1 + months, _MONTHS_IN_A_YEAR)
    month = month_index + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day, fold=0)


def _spelled(**parts: int) -> str:
    return "".join(f"{number}{unit}" for unit, number in parts.items() if number)
