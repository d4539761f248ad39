"""A page of somebody else's list, as it was read: what connectors give and the bank takes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where a round of reading is. Seconds are since 1970 in UTC.

    `since_s` is where the round began, and where it can always begin again; `until_s` its end, where the wire has
    one; `following` the other side's own word for the next page, empty at the beginning of a round.
    """

    since_s: int = 0
    until_s: int | None = None
    following: str = ""

    def restarted(self) -> "Position":
        """The beginning of the same round."""
        return Position(since_s=self.since_s)


@dataclass(frozen=True, kw_only=True)
class ForeignRecord:
    """One entry of the list as it stands there now; `foreign_id` is its key there.

    Hashes are small hex digits. A live one without any has nothing that our bank can hold.
    """

    foreign_id: str
    is_live: bool
    is_film: bool = False
    pdq: str = ""
    md5: str = ""


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """What could not be read: its place and field in the page, and why. No word of the other side's is in it."""

    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.field}: {self.words}"


@dataclass(frozen=True, kw_only=True)
class ForeignPage:
    """`not_held` counts kinds that our bank cannot hold, and what does not count yet there.

    `doubts` say what the page claims and we do not believe; `after` is the next position, `more` whether the round
    goes on there.
    """

    records: Sequence[ForeignRecord]
    after: Position
    more: bool
    not_held: int = 0
    set_aside: Sequence[SetAside] = ()
    doubts: Sequence[SetAside] = ()
