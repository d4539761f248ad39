"""What can be tried with an undercover operation, and by whom. Two worlds do it: one in memory, one in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from haetae.agencies.investigation.undercover.gate import Scope
from haetae.agencies.investigation.undercover.states import Desk, Item, Material, WhyEnded
from haetae.law.undercover import ActKind, Operation

# Of each target, place and method two are applied for, by number; 2 is what nobody named.
NAMED: Final = (0, 1)
UNNAMED: Final = 2
OFFICER, COLLEAGUE, APPROVER, PROSECUTOR, JUDGE, DOUBLE = (
    "officer",
    "colleague",
    "approver",
    "prosecutor",
    "judge",
    "double",
)
PEOPLE: Final = (OFFICER, COLLEAGUE, APPROVER, PROSECUTOR, JUDGE, DOUBLE)
# The double sits everywhere, and works on the file once a member adds them.
SEATS: Final[Mapping[str, frozenset[Desk]]] = {
    OFFICER: frozenset(),
    COLLEAGUE: frozenset(),
    APPROVER: frozenset({Desk.APPROVER}),
    PROSECUTOR: frozenset({Desk.PROSECUTOR}),
    JUDGE: frozenset({Desk.COURT}),
    DOUBLE: frozenset(Desk),
}


class Refused(Exception):  # noqa: N818 - a refusal, not an error
    """A code."""


def refuse(code: str | None) -> None:
    if code is not None:
        raise Refused(code)


@dataclass(frozen=True)
class Wish:
    """What is applied for, or permitted: kinds of act, and which numbers of each target, place and method."""

    acts: frozenset[ActKind]
    numbers: frozenset[int]
    until: datetime


def item_id(item: Item, number: int) -> UUID:
    return UUID(int=1_000 + 10 * list(Item).index(item) + number)


def scope_of(wish: Wish) -> Scope:
    items = frozenset(item_id(item, number) for item in Item for number in wish.numbers)
    return Scope(acts=wish.acts, items=items)


@dataclass(frozen=True)
class Deed:
    """`numbers` are of the target, the place and the method."""

    kind: ActKind
    numbers: tuple[int, int, int]
    material: Material
    has_consent: bool
    says_intent: bool


class World(Protocol):
    """Everything returns the code of the refusal, or nothing where it was done."""

    def now(self) -> datetime: ...
    def passes(self, time: timedelta) -> None: ...
    def clock_runs(self) -> None: ...
    def joins(self, who: str) -> None: ...
    def applies(self, who: str, kind: Operation, wish: Wish, *, urgent: bool) -> str: ...
    def begins_urgently(self, who: str) -> str: ...
    def asks_more(self, who: str, until: datetime) -> str: ...
    def sends_again(self, who: str) -> str: ...
    def withdraws(self, who: str) -> str: ...
    def petitions(self, who: str) -> str: ...
    def sends_back(self, who: str, desk: Desk) -> str: ...
    def refuses(self, who: str, desk: Desk) -> str: ...
    def grants(self, who: str, desk: Desk, wish: Wish) -> str: ...
    def acts(self, who: str, deed: Deed) -> str: ...
    def ends(self, who: str, why: WhyEnded) -> str: ...
    def ended_at(self) -> datetime | None: ...
