"""Who may apply, decide and end, for how long, and why not. Pure: codes that pages word."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from haetae.agencies.investigation.undercover.gate import Scope
from haetae.agencies.investigation.undercover.states import BEFORE_SOMEBODY, Desk, Item, Paper, State
from haetae.law.undercover import ActKind, Operation, UndercoverRule

TEXT_SHORTEST: Final = 10
TEXT_LONGEST: Final = 4_000
ITEM_LONGEST: Final = 300
ITEMS_MOST: Final = 20


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What an officer asks for: the eight things of the law (SCA 22-3(4)), each in the officer's own words.

    `acts` and `scope` are the scope, `items` the targets, places and methods, `thresholds` why the law's conditions
    are met, `support` what is enclosed to show it; `urgency` is why it cannot wait, empty where it can.
    """

    office: str
    purpose: str
    scope: str
    acts: frozenset[ActKind]
    items: Mapping[Item, tuple[str, ...]]
    until: datetime
    thresholds: Mapping[str, str]
    support: str
    urgency: str = ""


def is_text(text: str, *, least: int = TEXT_SHORTEST, most: int = TEXT_LONGEST) -> bool:
    return least <= sum(one.isprintable() and not one.isspace() for one in text) and len(text) <= most


def why_not_apply(
    applied: Applied, rule: UndercoverRule | None, *, offence: str, last: datetime | None, now: datetime
) -> str | None:
    """`last` is the last moment that the law allows for a beginning now."""
    if rule is None or last is None:
        return "no_law_today"
    if offence not in rule.offences:
        return "offence_not_covered"
    texts = {"office": applied.office, "purpose": applied.purpose, "scope": applied.scope}
    if rule.operation is Operation.ASSUMED:
        texts["support"] = applied.support
    for name, text in texts.items():
        if not is_text(text, least=3 if name == "office" else TEXT_SHORTEST):
            return f"{name}_missing"
    if any(not is_text(applied.thresholds.get(one, "")) for one in rule.thresholds):
        return "threshold_missing"
    return (
        _why_not_items(applied.items)
        or why_not_scope(applied.acts, within=frozenset(rule.acts))
        or why_not_period(applied.until, last=last, now=now)
    )


def _why_not_items(items: Mapping[Item, tuple[str, ...]]) -> str | None:
    for item in Item:
        named = items.get(item, ())
        if not 0 < len(named) <= ITEMS_MOST:
            return f"{item}_missing" if not named else "items_many"
        if any(not is_text(one, least=1, most=ITEM_LONGEST) for one in named):
            return "item_length"
    return None


def why_not_scope(acts: Set[ActKind], *, within: Set[ActKind]) -> str | None:
    if not acts:
        return "acts_missing"
    return None if acts <= within else "act_not_in_law"


def why_not_period(until: datetime, *, last: datetime, now: datetime) -> str | None:
    if until <= now:
        return "period_over"
    return None if until <= last else "period_too_long"


def why_not_begin_urgently(
    rule: UndercoverRule, *, may: bool, urgency: str, state: State, was_urgent: bool
) -> str | None:
    """`may` is whether the law lets it begin so on this day.

    `was_urgent`: in this file such a one began in urgency before and nobody has permitted it, or it was refused. The
    hours are for getting a permission: begun anew each time, they would take the place of one.
    """
    if not may or rule.urgent is None:
        return "no_urgent_law"
    if state is not State.WAITING:
        return "operation_not_waiting"
    if was_urgent:
        return "urgent_before"
    return None if is_text(urgency) else "urgency_missing"


@dataclass(frozen=True, kw_only=True)
class Hands:
    """Everybody who had a part: never the same person twice."""

    members: frozenset[UUID]  # of the file, now or ever
    applied_by: UUID
    petitioned_by: frozenset[UUID]


def desk_of(operation: Operation, paper: Paper) -> Desk | None:
    """Before whom an application lies; None where it lies before nobody."""
    if paper is Paper.PETITIONED:
        return Desk.COURT
    if paper is not Paper.APPLIED:
        return None
    return Desk.APPROVER if operation is Operation.UNDISCLOSED else Desk.PROSECUTOR


def why_not_decide(
    *, desk: Desk, holds: bool, operation: Operation, paper: Paper, official_id: UUID, hands: Hands
) -> str | None:
    """`holds` is whether this official has a seat for that desk today."""
    if not holds:
        return "not_your_desk"
    if official_id in hands.members or official_id == hands.applied_by:
        return "same_person_applied"
    if desk is Desk.COURT and official_id in hands.petitioned_by:
        return "same_person_petitioned"
    return None if desk_of(operation, paper) is desk else "paper_not_before_you"


def why_not_grant(
    *,
    granted: Scope,
    applied: Scope,
    named: Mapping[UUID, Item],
    until: datetime,
    last: datetime,
    now: datetime,
) -> str | None:
    """It may be narrower than what was applied for, never wider, and names one of each at least."""
    if not granted.acts:
        return "acts_missing"
    if not (granted.acts <= applied.acts and granted.items <= applied.items):
        return "wider_than_applied"
    kinds = {named[one] for one in granted.items}
    for item in Item:
        if item not in kinds:
            return f"{item}_missing"
    return why_not_period(until, last=last, now=now)


def why_not_begin_late(state: State, *, urgent_until: datetime | None, now: datetime) -> str | None:
    """An urgent start that was not permitted in time is over, also where no clock has said so yet."""
    if state not in {State.WAITING, State.URGENT}:
        return "operation_not_waiting"
    is_late = state is State.URGENT and urgent_until is not None and now > urgent_until
    return "urgent_over" if is_late else None


def why_not_extend(
    rule: UndercoverRule | None, *, state: State, until: datetime | None, is_asked: bool, now: datetime
) -> str | None:
    """`until` is the end of what was permitted, `is_asked` whether an extension is on its way already."""
    if rule is None or rule.extension is None:
        return "no_extension"
    if state is not State.RUNNING or until is None:
        return "operation_not_running"
    if now > until:
        return "permit_over"
    return "extension_asked" if is_asked else None


def why_not_withdraw(paper: Paper) -> str | None:
    return None if paper in BEFORE_SOMEBODY or paper is Paper.RETURNED else "paper_decided"


def why_not_end(state: State) -> str | None:
    return None if state in {State.URGENT, State.RUNNING} else "operation_not_running"
