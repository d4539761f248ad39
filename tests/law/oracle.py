"""When a term ends, worked out a second time and in another way: whole numbers, and clock rules written by hand.

Nothing here asks `haetae.law.duration`, `datetime` or the zone database. A moment is a number of seconds since 1970 in
UTC; a day is a number of days since 1970, counted through years and months; the clocks of each zone stand below as
their governments announced them. A wall time that comes twice is taken the first time; one that never comes is
read on the clock as it stood before the jump.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

HOUR: Final = 3_600
DAY: Final = 24 * HOUR
FIRST_YEAR: Final = (
    2008  # the rules below hold from then on; Seoul's summer times and those of Sao Paulo are lists
)
LAST_YEAR: Final = 2200
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Jump = tuple[int, int]  # from this second on, so many seconds are added to UTC


@dataclass(frozen=True, kw_only=True)
class Zone:
    """`usual` seconds are added to UTC before the first jump."""

    name: str
    usual: int
    jumps: tuple[Jump, ...] = field(repr=False)

    def offset(self, moment: int) -> int:
        before = bisect_right(self.jumps, (moment, DAY))
        return self.jumps[before - 1][1] if before else self.usual

    def wall(self, moment: int) -> int:
        return moment + self.offset(moment)

    def moments(self, wall: int) -> list[int]:
        """Every moment at which the clock shows this: none in a gap, two in a fold."""
        offsets = {self.offset(wall + shift) for shift in (-2 * DAY, 2 * DAY)} | {self.offset(wall)}
        return sorted(wall - offset for offset in offsets if self.wall(wall - offset) == wall)

    def moment(self, wall: int) -> int:
        found = self.moments(wall)
        return found[0] if found else wall - self.offset(wall - 2 * DAY)


def is_leap(year: int) -> bool:
    return year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)


def length_of(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


@cache
def days_before(year: int, month: int) -> int:
    """From 1970-01-01 to the first of a month."""
    years = sum(366 if is_leap(one) else 365 for one in range(1970, year))
    return years + sum(length_of(year, one) for one in range(1, month))


def date_of(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month, walked down to."""
    year = 1970 + day // 366
    while days_before(year + 1, 1) <= day:
        year += 1
    month = 1
    while month < 12 and days_before(year, month + 1) <= day:
        month += 1
    return year, month, day - days_before(year, month) + 1


def months_later(wall: int, months: int) -> int:
    """The same time of day, so many months on; where the day is missing, the last day of that month."""
    day, time = divmod(wall, DAY)
    year, month, number = date_of(day)
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return (days_before(year, month) + min(number, length_of(year, month)) - 1) * DAY + time


def due(*, start: int, months: int, seconds: int, zone: Zone) -> int:
    """Months by the clock on the wall, then the rest as time that really passes."""
    after_months = zone.moment(months_later(zone.wall(start), months)) if months else start
    return after_months + seconds


def _sunday(year: int, month: int, *, not_before: int) -> int:
    """The first Sunday of a month that is not before a day; 1970-01-01 was a Thursday."""
    day = days_before(year, month) + not_before - 1
    return day + (-(day - 3)) % 7


def _last_sunday(year: int, month: int) -> int:
    return _sunday(year, month, not_before=length_of(year, month) - 6)


def _yearly(rule: Callable[[int], Iterator[Jump]]) -> tuple[Jump, ...]:
    return tuple(sorted(jump for year in range(FIRST_YEAR - 1, LAST_YEAR + 30) for jump in rule(year)))


def _new_york(year: int) -> Iterator[Jump]:
    yield _sunday(year, 3, not_before=8) * DAY + 7 * HOUR, -4 * HOUR
    yield _sunday(year, 11, not_before=1) * DAY + 6 * HOUR, -5 * HOUR


def _european(standard: int) -> Callable[[int], Iterator[Jump]]:
    def rule(year: int) -> Iterator[Jump]:
        yield _last_sunday(year, 3) * DAY + HOUR, standard + HOUR
        yield _last_sunday(year, 10) * DAY + HOUR, standard

    return rule


def _sydney(year: int) -> Iterator[Jump]:
    yield _sunday(year, 4, not_before=1) * DAY - 8 * HOUR, 10 * HOUR
    yield _sunday(year, 10, not_before=1) * DAY - 8 * HOUR, 11 * HOUR


def _lord_howe(year: int) -> Iterator[Jump]:
    """Half an hour only: at two o'clock on its own clock, both times."""
    yield _sunday(year, 4, not_before=1) * DAY - 9 * HOUR, 10 * HOUR + HOUR // 2
    yield _sunday(year, 10, not_before=1) * DAY - 8 * HOUR - HOUR // 2, 11 * HOUR


def _listed(
    begins: int, ends: int, standard: int, *days: tuple[tuple[int, int, int], ...]
) -> tuple[Jump, ...]:
    """Summer times of which the first and the last day were decreed one by one; the hours are those of UTC."""
    jumps: list[Jump] = []
    for first, last in days:
        for (year, month, day), hour, offset in ((first, begins, standard + HOUR), (last, ends, standard)):
            jumps.append(((days_before(year, month) + day - 1) * DAY + hour * HOUR, offset))
    return tuple(jumps)


ZONES: Final = (
    Zone(
        name="Asia/Seoul",
        usual=9 * HOUR,
        jumps=_listed(-7, -7, 9 * HOUR, ((1987, 5, 10), (1987, 10, 11)), ((1988, 5, 8), (1988, 10, 9))),
    ),
    Zone(name="America/New_York", usual=-5 * HOUR, jumps=_yearly(_new_york)),
    Zone(name="Europe/London", usual=0, jumps=_yearly(_european(0))),
    Zone(name="Europe/Berlin", usual=HOUR, jumps=_yearly(_european(HOUR))),
    Zone(name="Australia/Sydney", usual=11 * HOUR, jumps=_yearly(_sydney)),
    Zone(name="Australia/Lord_Howe", usual=11 * HOUR, jumps=_yearly(_lord_howe)),
    Zone(name="Asia/Kolkata", usual=5 * HOUR + HOUR // 2, jumps=()),
    Zone(
        name="America/Sao_Paulo",
        usual=-3 * HOUR,
        jumps=_listed(
            3,
            2,
            -3 * HOUR,
            ((2015, 10, 18), (2016, 2, 21)),
            ((2016, 10, 16), (2017, 2, 19)),
            ((2017, 10, 15), (2018, 2, 18)),
            ((2018, 11, 4), (2019, 2, 17)),
        ),
    ),
)
