"""When a report may be sent, accepted and published, and what is wrong with one: codes that pages word. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from haetae.agencies.enforcement.filings.states import MOVES, State
from haetae.common.states import may_move

TEXTS: Final = ("efforts", "criteria", "procedure", "officer", "training")
SHORTEST, LONGEST = 4, 6_000
FIRST_YEAR: Final = 2020  # the duty came with the act of that year's December
MOST: Final = 2_000_000_000
# What is published must lead nobody anywhere.
_ADDRESS: Final = re.compile(r"://|\bwww\.|\bt\.me/", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The five things that the article names; `received` and `removed` are the numbers of the second."""

    received: int | None = None
    removed: int | None = None
    efforts: str = ""
    criteria: str = ""
    procedure: str = ""
    officer: str = ""
    training: str = ""

    @property
    def texts(self) -> Mapping[str, str]:
        return {name: getattr(self, name) for name in TEXTS}


def why_not_year(year: int, *, today: date) -> str | None:
    """A year is reported once it is over; one that has begun may be expected already."""
    return None if FIRST_YEAR <= year <= today.year else "report_year"


def why_not_keep(contents: Contents) -> str | None:
    """What stands against keeping a draft: it may have gaps, and nothing that could not be sent later."""
    numbers = [number for number in (contents.received, contents.removed) if number is not None]
    if any(not 0 <= number <= MOST for number in numbers):
        return "report_number"
    if any(len(text) > LONGEST for text in contents.texts.values()):
        return "report_length"
    return "report_has_address" if any(map(_ADDRESS.search, contents.texts.values())) else None


def why_not_send(contents: Contents) -> str | None:
    """What is missing of the five things, or cannot be."""
    if contents.received is None or contents.removed is None:
        return "report_numbers_missing"
    if contents.removed > contents.received:
        return "report_more_removed"
    if any(len(text.strip()) < SHORTEST for text in contents.texts.values()):
        return "report_incomplete"
    return why_not_keep(contents)


def why_not_accept(state: State) -> str | None:
    return None if may_move(MOVES, state, State.ACCEPTED) else "report_not_waiting"


def why_not_publish(state: State, *, accepted_by: UUID | None, official_id: UUID) -> str | None:
    """Another official than the one who accepted it signs."""
    if not may_move(MOVES, state, State.PUBLISHED):
        return "report_not_accepted"
    return "report_same_official" if accepted_by == official_id else None


def due_at(year: int, *, due_on: str, zone: ZoneInfo) -> datetime:
    """The end of the last day: `due_on` is MM-DD of the year after the one that the report is about."""
    month, day = map(int, due_on.split("-"))
    return datetime.combine(date(year + 1, month, day), time.max, tzinfo=zone)
