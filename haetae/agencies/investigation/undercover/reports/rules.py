"""What the commission and the assembly are told: exactly the fields that the decree names. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

FIRST_OF_SECOND_HALF: Final = 7


@dataclass(frozen=True, kw_only=True)
class CommissionReport:
    """Of one undisclosed operation that has ended; the names are those of the pack. `approved_period` is empty where
    nobody approved it in time, and `summary` until the officer has written it."""

    office: str
    approved_period: tuple[datetime, datetime] | None
    ended_at: datetime
    end_reason: str
    target: Sequence[str]
    method: Sequence[str]
    summary: str
    necessity: str


@dataclass(frozen=True, kw_only=True)
class AssemblyLine:
    office: str
    approved_period: tuple[datetime, datetime] | None
    ended_at: datetime
    end_reason: str


@dataclass(frozen=True, kw_only=True)
class AssemblyReport:
    """Of one half-year; `count` is how many lines it has."""

    year: int
    half: int
    lines: Sequence[AssemblyLine]

    @property
    def count(self) -> int:
        return len(self.lines)


def half_of(day: date) -> tuple[int, int]:
    """The year and its half."""
    return day.year, 2 if day.month >= FIRST_OF_SECOND_HALF else 1
