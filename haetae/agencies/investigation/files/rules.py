"""Who may read a file and write in it, and why not. Pure: codes that pages word."""

from datetime import datetime
from typing import Final

from haetae.agencies.investigation.files.states import State, Victim

NAME_SHORTEST: Final = 3
NAME_LONGEST: Final = 120


def why_not_begin(*, name: str, offence: str, offences: frozenset[str]) -> str | None:
    """What stands against a new file, or None. `offence` is an id of the law's offences on that day."""
    readable = sum(one.isprintable() for one in name.strip())
    if not readable >= NAME_SHORTEST or len(name.strip()) > NAME_LONGEST:
        return "file_name_length"
    return None if offence in offences else "file_no_offence"


def why_not_work(*, is_member: bool, is_open_today: bool, state: State, writes: bool = True) -> str | None:
    """What stands against reading a file, or (`writes`) against adding to it, or None."""
    if not is_member:
        return "file_of_others"
    if not is_open_today:
        return "file_not_opened"
    return "file_closed" if writes and state is State.CLOSED else None


def why_not_add(*, is_officer: bool, is_member: bool) -> str | None:
    """Only an officer of the same agency joins, once."""
    if not is_officer:
        return "file_no_officer"
    return "file_member_already" if is_member else None


def why_not_leave(*, members: int) -> str | None:
    """A file is never nobody's."""
    return "file_last_member" if members <= 1 else None


def is_of_today(*, opened_at: datetime, day_began_at: datetime) -> bool:
    """A reason holds on the day on which it was given."""
    return opened_at >= day_began_at


def counts_as_minor(victim: Victim) -> bool:
    """Not knowing never lowers protection."""
    return victim is not Victim.ADULT
