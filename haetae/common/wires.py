"""What both sides of a hash exchange have in common: errors that name the field, and seconds in UTC. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_SECOND: Final = 253_402_300_799  # the end of the year 9999, beyond which there are no dates here


class BadWireError(ValueError):
    """`field` names what is wrong, the text says why and what would be right."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field = field
        self.words = words


def moment_of(second: int, *, field: str) -> datetime:
    """Seconds since 1970 as a moment in UTC, whatever time zone the process runs in."""
    if not 0 <= second <= LAST_SECOND:
        raise BadWireError(field, "Seconds since 1970 are needed, from 0 on.")
    return EPOCH + timedelta(seconds=second)


def second_of(moment: datetime) -> int:
    """The whole second in which a moment lies, since 1970."""
    return (moment - EPOCH) // timedelta(seconds=1)
