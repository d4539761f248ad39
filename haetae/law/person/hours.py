"""When somebody answers, as data: days of the week with times, in the zone of whoever answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Final

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = "|".join(_DAYS)
_OPENING: Final = re.compile(
    rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? "
    r"(?P<from_hour>[0-9]{2}):(?P<from_minute>[0-9]{2})-(?P<to_hour>[0-9]{2}):(?P<to_minute>[0-9]{2})"
)
_MINUTES_IN_A_DAY: Final = 24 * 60


class HoursError(ValueError):
    """Opening hours are not written in the form that this module reads."""


class Openness(StrEnum):
    """Whether somebody answers at a moment. Not knowing is an answer of its own."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """From a minute of the day up to another, on days counted from Monday as 0. Holidays are not known."""

    days: frozenset[int]
    from_minute: int
    to_minute: int

    def covers(self, local: datetime) -> bool:
        minute = local.hour * 60 + local.minute
        return local.weekday() in self.days and self.from_minute <= minute < self.to_minute


def parse_opening(text: str) -> Opening:
    """Read "mon-fri 09:00-18:00". A night is written as two: "mon 22:00-24:00" and "tue 00:00-06:00"."""
    match = _OPENING.fullmatch(text)
    if match is None:
        raise HoursError(f"{text!r} are no hours; write them like 'mon-fri 09:00-18:00'.")
    start = int(match["from_hour"]) * 60 + int(match["from_minute"])
    end = int(match["to_hour"]) * 60 + int(match["to_minute"])
    if not start < end <= _MINUTES_IN_A_DAY or max(match["from_minute"], match["to_minute"]) >= "60":
        raise HoursError(f"{text!r} does not end after it begins, on the same day; a day ends at 24:00.")
    return Opening(days=frozenset(_days(match["first"], match["last"])), from_minute=start, to_minute=end)


def openness(openings: tuple[Opening, ...], *, at: datetime, tz: tzinfo) -> Openness:
    """Whether one of them covers the moment; no openings at all mean that the hours are not known."""
    if not openings:
        return Openness.UNKNOWN
    local = at.astimezone(tz)
    return Openness.OPEN if any(opening.covers(local) for opening in openings) else Openness.CLOSED


def is_always(openings: tuple[Opening, ...]) -> bool:
    """Every minute of the week."""
    return any(
        len(opening.days) == len(_DAYS) and (opening.from_minute, opening.to_minute) == (0, _MINUTES_IN_A_DAY)
        for opening in openings
    )


def _days(first: str, last: str | None) -> Iterator[int]:
    start, end = _DAYS.index(first), _DAYS.index(last or first)
    if end < start:
        raise HoursError(f"'{first}-{last}' runs over the end of the week; write two lines.")
    yield from range(start, end + 1)
