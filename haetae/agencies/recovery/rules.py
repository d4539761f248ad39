"""How a charge is worked out, and who may do what with it. Pure: codes that pages word."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from haetae.agencies.recovery.states import MOVES, PAYABLE, State, Work
from haetae.common.states import may_move
from haetae.common.written import fits

PLACES_MOST: Final = 500
NAME_LONGEST: Final = 120
TEXT_LONGEST: Final = 400
WHY_SHORTEST, WHY_LONGEST = 10, 2_000
UNIT_MOST: Final = 10**8
REFERENCE_LONGEST: Final = 60


@dataclass(frozen=True, kw_only=True)
class Done:
    """One piece of work: `record` is the number of the row that proves it, `on` the day in the officials' calendar."""

    work: Work
    record: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one piece of such work costs from a day on, in whole won, as the ministry has set it."""

    cost_id: UUID
    work: Work
    won: int
    since: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """Pieces of one kind at one price; `records` prove each of them."""

    cost: Cost
    records: tuple[str, ...]

    @property
    def won(self) -> int:
        return self.cost.won * len(self.records)


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """`left_out` is work of a day on which no price held: it is charged to nobody."""

    lines: tuple[Line, ...]
    left_out: tuple[Done, ...]

    @property
    def won(self) -> int:
        return sum(line.won for line in self.lines)


def calculated(done: Iterable[Done], costs: Sequence[Cost]) -> Calculation:
    """Each piece at the price that held on its own day; kinds in their order, older prices first."""
    at_price: dict[UUID, list[str]] = {}
    known = {cost.cost_id: cost for cost in costs}
    left_out: list[Done] = []
    for one in done:
        cost = _price(one, costs)
        if cost is None:
            left_out.append(one)
        else:
            at_price.setdefault(cost.cost_id, []).append(one.record)
    lines = [Line(cost=known[cost_id], records=tuple(records)) for cost_id, records in at_price.items()]
    order = list(Work)
    return Calculation(
        lines=tuple(sorted(lines, key=lambda line: (order.index(line.cost.work), line.cost.since))),
        left_out=tuple(left_out),
    )


def _price(done: Done, costs: Sequence[Cost]) -> Cost | None:
    held = [cost for cost in costs if cost.work is done.work and cost.since <= done.on]
    return max(held, key=lambda cost: cost.since, default=None)


def why_not_set_cost(*, won: int | None, source: str, taken: bool) -> str | None:
    """What stands against a price, or None. Another one for the same day would rewrite what was charged by it."""
    if won is None or not 0 < won <= UNIT_MOST:
        return "cost_sum"
    if not fits(source, 4, TEXT_LONGEST):
        return "cost_source"
    return "cost_set_already" if taken else None


def why_not_draft(
    *, name: str, address: str, decision: str, decided_on: date, pay_to: str, today: date
) -> str | None:
    """What is missing about whom it is for, and on what decision of a court it rests."""
    if not fits(name, 2, NAME_LONGEST):
        return "charge_name"
    if not fits(address, 4, TEXT_LONGEST):
        return "charge_address"
    if not fits(decision, 4, TEXT_LONGEST):
        return "charge_decision"
    if decided_on > today:
        return "charge_decided_on"
    return None if fits(pay_to, 4, TEXT_LONGEST) else "charge_pay_to"


def why_not_places(
    *, named: Collection[UUID], unread: int, known: Collection[UUID], charged: Collection[UUID]
) -> str | None:
    """`unread` lines hold no number. One place is charged once: what was charged before has to be withdrawn first."""
    if unread:
        return "charge_place_unreadable"
    if not named or len(named) > PLACES_MOST:
        return "charge_places"
    if set(named) - set(known):
        return "charge_place_unknown"
    return "charge_place_charged" if charged else None


def why_not_sum(calculation: Calculation) -> str | None:
    return None if calculation.won > 0 else "charge_nothing"


def why_not_sign(state: State, *, drafted_by: Collection[UUID], by: UUID, as_drafted: bool) -> str | None:
    """Another official than who drafted it, or carried the draft on; and the record still shows the same work."""
    if not may_move(MOVES, state, State.SIGNED):
        return "charge_not_drafted"
    if by in drafted_by:
        return "charge_own"
    return None if as_drafted else "charge_record_changed"


def why_not_serve(state: State, *, served_on: date, signed_on: date | None, today: date) -> str | None:
    if not may_move(MOVES, state, State.SERVED) or signed_on is None:
        return "charge_not_signed"
    if served_on > today:
        return "charge_day_to_come"
    return "charge_served_before" if served_on < signed_on else None


def why_not_pay(
    state: State, *, won: int | None, rest: int, paid_on: date, served_on: date | None, today: date
) -> str | None:
    """`rest` is what is left. A sum in parts is taken as it comes."""
    if state not in PAYABLE or served_on is None:
        return "charge_not_payable"
    if paid_on > today:
        return "charge_day_to_come"
    if paid_on < served_on:
        return "charge_paid_before"
    if won is None or won <= 0:
        return "charge_won"
    return "charge_too_much" if won > rest else None


def why_not_reference(reference: str) -> str | None:
    written = reference.strip()
    return None if 0 < len(written) <= REFERENCE_LONGEST and written.isprintable() else "charge_reference"


def why_not_withdraw(state: State, *, why: str) -> str | None:
    if not may_move(MOVES, state, State.WITHDRAWN):
        return "charge_over"
    return None if fits(why, WHY_SHORTEST, WHY_LONGEST) else "charge_why"
