"""What an order may rest on, who may sign it, and when it counts as followed. Pure: codes that pages word.

The regulator never decides about one content. An order repeats what the commission decided, or holds an operator to its
own word, or tells it to act or to ask the commission; it never tells it to delete what nobody has decided about.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from haetae.agencies.enforcement.orders.states import MOVES, UNSIGNED, WATCHED, Ground, Outcome, State
from haetae.common.states import may_move
from haetae.flow.removal.states import Ordered
from haetae.flow.removal.states import State as Request

SHORTEST, LONGEST = 10, 4_000
MOST_ITEMS: Final = 100
FINDERS_NEEDED: Final = 2
_NOT_FOLLOWED: Final = frozenset({Request.REFUSED, Request.OVERDUE, Request.CLAIM_FALSE, Request.UNSURE})
_STILL_FALSE: Final = frozenset({Request.CLAIM_FALSE, Request.OVERDUE})
_DECIDED_SINCE: Final = frozenset({Request.SUPERSEDED, Request.NOT_HARMFUL})
# What the commission may be asked about: nobody has decided, and the operator has not removed it.
_CONTESTED: Final = frozenset({Request.REFUSED, Request.OVERDUE, Request.CLAIM_FALSE, Request.UNSURE})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the record has it. `had_it`: the operator got it; `was_false`: our probes proved a claim false."""

    request_id: UUID
    state: Request
    ordered: Ordered | None
    had_it: bool
    was_false: bool


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What our own eyes last made of the place of a request, for what was ordered; None before they could tell."""

    is_gone: bool
    at: datetime


def why_not_item(ground: Ground, asked: Asked) -> str | None:
    """Why an order of this ground cannot be about this request, or None."""
    if ground is Ground.DUTY:
        return "duty_is_about_none"
    if asked.state not in _NOT_FOLLOWED:
        return "item_not_waiting"
    if not asked.had_it:
        return "item_not_delivered"
    if ground is Ground.DECISION_IGNORED:
        return None if asked.ordered else "item_not_decided"
    if ground is Ground.CLAIM_FALSE:
        return None if asked.was_false and asked.state in _STILL_FALSE else "item_claim_not_false"
    if asked.ordered:
        return "item_is_decided"
    return None if asked.state is Request.OVERDUE else "item_not_overdue"


def may_ask_instead(ground: Ground) -> bool:
    """Whether the operator fulfils it also by asking the commission: always, where nobody has decided."""
    return ground in {Ground.CLAIM_FALSE, Ground.OVERDUE}


def why_not_draft(
    *, ground: Ground, duty: str, duties: Collection[str], reasons: str, items: Collection[Asked]
) -> str | None:
    """What stands against the whole draft; of its items the first that does not fit says why."""
    readable = sum(character.isprintable() for character in reasons.strip())
    if readable < SHORTEST or len(reasons.strip()) > LONGEST:
        return "order_length"
    if ground is Ground.DUTY:
        return "order_no_duty" if duty not in duties else "duty_is_about_none" if items else None
    if duty:
        return "order_about_both"
    if not 1 <= len(items) <= MOST_ITEMS:
        return "order_no_items" if not items else "order_too_many"
    return next((why for why in (why_not_item(ground, one) for one in items) if why), None)


def why_not_change(state: State) -> str | None:
    """Whether what it is about may still be changed, or it may be dropped."""
    return None if state in UNSIGNED else "order_signed"


def why_not_hear(state: State) -> str | None:
    return None if may_move(MOVES, state, State.PRIOR_OPINION) else "order_not_draft"


def why_not_issue(
    state: State,
    *,
    drafters: Collection[UUID],
    official_id: UUID,
    hearing: str | None,
    items: Iterable[str | None],
) -> str | None:
    """`hearing` is why nobody may act yet, and `items` why each of its requests fits no longer.

    `drafters` are whoever drafted it and whoever carried the draft on.
    """
    if not may_move(MOVES, state, State.ISSUED):
        return "order_not_heard" if state is State.DRAFT else "order_signed"
    if official_id in drafters:
        return "order_same_person"
    if hearing is not None:
        return hearing
    return "order_item_changed" if any(items) else None


def outcome(ground: Ground, asked: Asked, *, seen: Seen | None, comply_by: datetime | None) -> Outcome:
    """What has become of one request. Not known is neither followed nor ignored."""
    if asked.state in _DECIDED_SINCE:
        return Outcome.SETTLED
    if asked.state is Request.VERIFIED:
        return Outcome.DONE
    if asked.ordered is Ordered.BLOCK_ACCESS and seen is not None and seen.is_gone:
        return Outcome.DONE
    if asked.state is Request.UNSURE and may_ask_instead(ground):
        return Outcome.ASKED
    if seen is not None and not seen.is_gone and comply_by is not None and seen.at >= comply_by:
        return Outcome.LIVE
    return Outcome.UNKNOWN


def after_look(
    state: State, outcomes: Collection[Outcome], *, is_served: bool, at: datetime, comply_by: datetime | None
) -> State | None:
    """What our own eyes make of an order; None while they say nothing new. A duty is seen by people alone."""
    if state not in WATCHED or not outcomes:
        return None
    if set(outcomes) == {Outcome.SETTLED}:
        # What was not followed in time stays so, whatever was decided later.
        return State.MOOT if state is State.ISSUED else None
    if not {Outcome.LIVE, Outcome.UNKNOWN} & set(outcomes):
        return State.COMPLIED
    is_over = is_served and comply_by is not None and at >= comply_by
    if state is State.ISSUED and is_over and Outcome.LIVE in outcomes:
        return State.NOT_COMPLIED
    return None


def why_not_confirm(
    state: State,
    *,
    ground: Ground,
    complied: bool,
    is_over: bool,
    outcomes: Collection[Outcome],
    has_found: bool,
) -> str | None:
    """Why an official may not say whether it was followed: people speak where our eyes cannot, and each once."""
    if state not in WATCHED:
        return "order_not_in_force"
    if not may_move(MOVES, state, State.COMPLIED if complied else State.NOT_COMPLIED):
        return "order_said_already"
    if has_found:
        return "order_found_already"
    if not complied and not is_over:
        return "order_time_runs"
    if ground is not Ground.DUTY and Outcome.UNKNOWN not in outcomes:
        return "order_seen_by_probe"
    if ground is not Ground.DUTY and not is_over:
        return "order_time_runs"
    return None


def may_ask_commission(state: Request, *, is_decided: bool) -> bool:
    """Where nobody has decided, and the operator has not removed it."""
    return not is_decided and state in _CONTESTED


def why_not_ask_commission(asked: Asked) -> str | None:
    """Whether the commission may be asked about a request that nobody has decided."""
    if asked.ordered:
        return "item_is_decided"
    return None if may_ask_commission(asked.state, is_decided=False) else "item_not_waiting"
