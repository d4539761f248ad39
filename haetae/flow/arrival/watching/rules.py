"""What a watch list may name, who may switch it on, and until when. Pure: codes that pages word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from haetae.common.states import may_move
from haetae.common.written import fits
from haetae.flow.arrival.rules import why_not_a_link
from haetae.flow.arrival.watching.states import CONFIRMED, MOVES, Kind, State
from haetae.pages.private import why_private

# Our own limits: the law that was read names none.
LONGEST: Final = timedelta(days=90)
EVERY_LEAST_S, EVERY_MOST_S = 10, 86_400
DEPTH_MOST: Final = 5
WEIGHT_MOST: Final = 9
PLACES_MOST, HOSTS_MOST, PHRASES_MOST = 200, 50, 200
NAME_SHORTEST, NAME_LONGEST = 3, 80
PHRASE_SHORTEST, PHRASE_LONGEST = 2, 80
WHY_SHORTEST, WHY_LONGEST = 10, 2_000


@dataclass(frozen=True, kw_only=True)
class Named:
    """A place as the agency names it. `vanishes`: what is shown there does not stay for long."""

    url: str
    kind: Kind
    vanishes: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A list as somebody drafts it. `hosts` are those besides the places' own to which links may be followed."""

    name: str
    purpose: str
    basis: str
    until: datetime
    places: Sequence[Named]
    every_s: int
    follow_depth: int = 0
    weight: int = 1
    hosts: Sequence[str] = ()
    phrases: Sequence[str] = ()


def why_not_draft(wanted: Wanted, *, now: datetime, bases: Collection[str]) -> str | None:
    """What stands against a draft, as `code` or `code:WHAT` where one line of several is meant, or None.

    `bases` are the ids of the legal bases that hold today.
    """
    if not _is_line(wanted.name, NAME_SHORTEST, NAME_LONGEST):
        return "watch_name"
    if not fits(wanted.purpose, WHY_SHORTEST, WHY_LONGEST):
        return "watch_purpose"
    if wanted.basis not in bases:
        return "watch_basis"
    return (
        why_not_until(wanted.until, now=now)
        or _why_not_numbers(wanted)
        or _why_not_places(wanted.places)
        or _why_not_hosts(wanted.hosts)
        or _why_not_phrases(wanted.phrases)
    )


def why_not_until(until: datetime, *, now: datetime) -> str | None:
    """A list ends by itself: later than now, and no later than our own limit allows."""
    if until <= now:
        return "watch_until_over"
    return "watch_until_long" if until - now > LONGEST else None


def why_not_a_place(url: str) -> str | None:
    """A code for what is wrong with an address, or None. Private rooms and invitations are not public places."""
    wrong = why_not_a_link(url)
    if wrong:
        return f"watch_{wrong}"
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return "watch_link_unreadable"
    if not parts.hostname:
        return "watch_link_unreadable"
    if parts.username is not None or parts.password is not None:
        return "watch_link_sign_in"
    return why_private(url)


def why_not_confirm(
    state: State, *, drafted_by: UUID | None, by: UUID, until: datetime, now: datetime
) -> str | None:
    """Whoever drafted a list does not switch it on. What a command drafted was drafted by no official."""
    if state is not State.DRAFT:
        return "watch_not_draft"
    if by == drafted_by:
        return "watch_same_person"
    return "watch_until_over" if until <= now else None


def why_not_pause(state: State, *, why: str) -> str | None:
    if not may_move(MOVES, state, State.PAUSED):
        return "watch_not_on"
    return why_not_why(why)


def why_not_resume(state: State, *, why: str) -> str | None:
    if state is not State.PAUSED:
        return "watch_not_paused"
    return why_not_why(why)


def why_not_end(state: State, *, why: str) -> str | None:
    if not may_move(MOVES, state, State.ENDED):
        return "watch_over"
    return why_not_why(why)


def why_not_extend(
    state: State, *, until: datetime, now: datetime, said_until_by: UUID | None, by: UUID, why: str
) -> str | None:
    """Two officials in turn: whoever said last until when does not say so again."""
    if state not in CONFIRMED:
        return "watch_not_running"
    if by == said_until_by:
        return "watch_extended_same_person"
    return why_not_until(until, now=now) or why_not_why(why)


def why_not_why(why: str) -> str | None:
    """Every pause, end and extension has its reason."""
    return None if fits(why, WHY_SHORTEST, WHY_LONGEST) else "watch_why"


def _why_not_numbers(wanted: Wanted) -> str | None:
    if not EVERY_LEAST_S <= wanted.every_s <= EVERY_MOST_S:
        return "watch_every"
    if not 0 <= wanted.follow_depth <= DEPTH_MOST:
        return "watch_depth"
    return None if 1 <= wanted.weight <= WEIGHT_MOST else "watch_weight"


def _why_not_places(places: Sequence[Named]) -> str | None:
    if not places or len(places) > PLACES_MOST:
        return "watch_places"
    for number, place in enumerate(places, start=1):
        wrong = why_not_a_place(place.url)
        if wrong:
            return f"{wrong}:{number}"
    return None


def _why_not_hosts(hosts: Sequence[str]) -> str | None:
    if len(hosts) > HOSTS_MOST:
        return "watch_hosts"
    for number, host in enumerate(hosts, start=1):
        parts = urlsplit(f"https://{host}")
        wrong = parts.netloc != host or not parts.hostname or why_not_a_place(f"https://{host}/")
        if wrong:
            return f"watch_host:{number}"
    return None


def _why_not_phrases(phrases: Sequence[str]) -> str | None:
    if len(phrases) > PHRASES_MOST:
        return "watch_phrases"
    for number, phrase in enumerate(phrases, start=1):
        if not _is_line(phrase, PHRASE_SHORTEST, PHRASE_LONGEST):
            return f"watch_phrase:{number}"
    return None


def _is_line(text: str, least: int, most: int) -> bool:
    """One line that can be read: nothing in it breaks it off, or steers the terminal on which it is shown."""
    return fits(text, least, most) and text.strip().isprintable()
