"""When an operator may be designated, and when it has done what that asks: codes that pages word. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from haetae.agencies.enforcement.designation.states import MOVES, State
from haetae.agencies.enforcement.filings.facts.rules import Known, in_force
from haetae.agencies.enforcement.filings.states import FactKind
from haetae.common.states import may_move

SHORTEST, LONGEST = 10, 4_000
LINK_LONGEST: Final = 500
TITLE_LONGEST: Final = 200
SUBSCRIBERS_MOST: Final = 10**10
_LINK: Final = re.compile(r"https://[^\s/?#@]+\.[^\s/?#@]+/\S+")


def why_not_propose(
    *, users: Known | None, users_at_least: int, channels: int, is_open: bool, reason: str
) -> str | None:
    """What stands against proposing it: its size, and that nothing open to everybody is known there."""
    if is_open:
        return "designation_open_already"
    if users is None or users.number is None:
        return "users_not_known"
    if users.number < users_at_least:
        return "too_few_users"
    if not channels:
        return "no_open_channel"
    return None if SHORTEST <= len(reason.strip()) <= LONGEST else "designation_reason"


def why_not_designate(
    state: State,
    *,
    proposers: Collection[UUID],
    official_id: UUID,
    unheard: str | None,
    users: Known | None,
    users_at_least: int,
) -> str | None:
    """What stands against signing it. `proposers` have proposed it or carried it on; `unheard` is what hearings say.

    The size is looked at once more.
    """
    if not may_move(MOVES, state, State.DESIGNATED):
        return "designation_not_heard" if state is State.PROPOSED else "designation_not_open"
    if official_id in proposers:
        return "designation_same_official"
    if unheard is not None:
        return f"designation_{unheard}"
    if users is None or users.number is None:
        return "users_not_known"
    return "too_few_users" if users.number < users_at_least else None


def why_not_complied(state: State, facts: Iterable[Known], *, on: date) -> str | None:
    """It has complied when an officer and a hotline are named, by its own word or found."""
    if not may_move(MOVES, state, State.COMPLIED):
        return "designation_not_in_force"
    known = list(facts)
    if in_force(known, FactKind.YOUTH_OFFICER, on=on) is None:
        return "no_officer_named"
    return "no_hotline_named" if in_force(known, FactKind.HOTLINE, on=on) is None else None


def why_not_link(link: str, *, is_public: bool, source: str) -> str | None:
    """An invitation that everybody can read, never a chat that somebody was let into."""
    if not is_public:
        return "channel_not_public"
    if len(link) > LINK_LONGEST or not _LINK.fullmatch(link):
        return "channel_link"
    return None if 4 <= len(source.strip()) <= LINK_LONGEST else "channel_source"


def why_not_shown(title: str, subscribers: int | None) -> str | None:
    """What a channel calls itself, and how many follow it, as far as everybody could read it."""
    if len(title) > TITLE_LONGEST or not all(one.isprintable() for one in title):
        return "channel_title"
    return "channel_subscribers" if subscribers is not None and subscribers > SUBSCRIBERS_MOST else None


def why_not_seen(seen_on: date, *, today: date) -> str | None:
    return "channel_in_future" if seen_on > today else None


def why_not_question(asked_at: datetime, answered_at: datetime | None, *, now: datetime) -> str | None:
    if asked_at > now or (answered_at is not None and answered_at > now):
        return "question_in_future"
    return "question_order" if answered_at is not None and answered_at < asked_at else None


@dataclass(frozen=True, kw_only=True)
class Replies:
    """How a hotline answers. `median` is of what was answered, None where nothing was."""

    asked: int
    answered: int
    median: timedelta | None
    within: int
    longest: timedelta | None


def replies(questions: Iterable[tuple[datetime, datetime | None]], *, target: timedelta) -> Replies:
    """`target` is what was practice in 2024, and no law."""
    asked = list(questions)
    took = [answered_at - asked_at for asked_at, answered_at in asked if answered_at is not None]
    return Replies(
        asked=len(asked),
        answered=len(took),
        median=timedelta(seconds=median(one.total_seconds() for one in took)) if took else None,
        within=sum(one <= target for one in took),
        longest=max(took, default=None),
    )
