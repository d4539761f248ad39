"""Who may impose what, and why not: codes that pages word. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.orders.states import State as Ordered
from haetae.agencies.enforcement.sanctions.states import (
    CAME_TO_NOTHING,
    OUTCOMES,
    PAYABLE,
    TOLD,
    UNSIGNED,
    Kind,
    State,
)
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    LARGEST_SUM,
    YEARS,
    Judged,
    SurchargeFacts,
    Weighed,
    Worksheet,
)
from haetae.law.sanctioning.facts import Factor, Level

SHORTEST, LONGEST = 10, 4_000
EVIDENCE_MOST: Final = 60
REFERENCE_LONGEST: Final = 60


@dataclass(frozen=True, kw_only=True)
class Rests:
    """The order that a sanction rests on, how it stands, and which articles its pack puts behind it."""

    state: Ordered
    ground: Ground
    articles: Collection[str]


@dataclass(frozen=True, kw_only=True)
class People:
    """Who has a part in it already. Each further act is another person's.

    `proposers` are whoever proposed it and whoever carried the proposal on.
    """

    proposers: frozenset[UUID]
    decided_by: UUID | None = None


def why_not_propose(*, kind: Kind, article: str, on: Rests, taken: bool) -> str | None:
    """What stands against proposing it at all. `taken`: the same failure is sanctioned so already."""
    if on.state is not Ordered.NOT_COMPLIED:
        return "fine_without_order"
    if kind is Kind.SURCHARGE and on.ground is Ground.DUTY:
        return "surcharge_for_a_duty"
    if article not in on.articles:
        return "article_does_not_fit"
    return "sanctioned_already" if taken else None


def why_not_facts(
    facts: SurchargeFacts, *, intent: str, recorded_earlier: int, most_percent: int
) -> str | None:
    """What is missing in what a surcharge rests on."""
    if why_not_text(intent):
        return "intent_missing"  # the article speaks of not deleting on purpose
    if facts.revenues and why_not_text(facts.revenue_from):
        return "revenue_from_missing"
    if len(facts.revenues) > YEARS or any(not 0 <= won <= LARGEST_SUM for won in facts.revenues):
        return "revenue_unreadable"
    if sorted(one.factor for one in facts.judged) != sorted(Factor):
        return "factor_missing"
    problems = (why_not_judged(one) for one in facts.judged)
    return next((problem for problem in problems if problem), None) or why_not_weighed(
        facts.effort, earlier=facts.earlier, recorded_earlier=recorded_earlier, most_percent=most_percent
    )


def why_not_judged(judged: Judged) -> str | None:
    """A level above the lowest rests on evidence, and another one than our record proposes says why."""
    if judged.level is not Level.LOW and not judged.evidence:
        return "evidence_missing"
    if len(judged.evidence) > EVIDENCE_MOST:
        return "evidence_too_much"
    differs = judged.proposed is not None and judged.proposed is not judged.level
    return "level_reason_missing" if differs and why_not_text(judged.reason) else None


def why_not_weighed(effort: Weighed, *, earlier: int, recorded_earlier: int, most_percent: int) -> str | None:
    if earlier < recorded_earlier:
        return "earlier_below_record"
    if abs(effort.percent) > most_percent:
        return "effort_too_far"
    return "effort_reason_missing" if effort.percent and why_not_text(effort.reason) else None


def why_not_amount(sheet: Worksheet) -> str | None:
    if sheet.amount > sheet.cap:
        return "amount_above_cap"
    return None if sheet.amount > 0 else "nothing_to_pay"


def why_not_revise(state: State, *, people: People, by: UUID, before: int, after: int) -> str | None:
    """Once the operator is heard the sum may fall and never rise: nobody is heard about less than comes."""
    if state not in UNSIGNED:
        return "decided_already"
    if by not in people.proposers:
        return "not_your_proposal"
    return "over_the_hearing" if state is State.HEARING and after > before else None


def why_not_hear(state: State) -> str | None:
    return None if state is State.PROPOSED else "past_the_hearing"


def why_not_decide(state: State, *, people: People, by: UUID) -> str | None:
    if state is State.PROPOSED:
        return "not_in_hearing"
    if state is not State.HEARING:
        return "decided_already"
    return "signed_by_proposer" if by in people.proposers else None


def why_not_drop(state: State) -> str | None:
    return None if state in UNSIGNED else "decided_already"


def why_not_notify(state: State, *, served_on: date, decided_on: date | None, today: date) -> str | None:
    if state in UNSIGNED or decided_on is None or state in {State.DROPPED}:
        return "not_decided_yet"
    if state is not State.DECIDED:
        return "notified_already"
    if served_on > today:
        return "day_to_come"
    return "served_before_decided" if served_on < decided_on else None


def why_not_pay(
    state: State, *, won: int, rest: int, paid_on: date, served_on: date | None, today: date
) -> str | None:
    """`rest` is what is still to be paid."""
    if state not in PAYABLE or served_on is None:
        return "not_payable"
    if paid_on > today:
        return "day_to_come"
    if paid_on < served_on:
        return "paid_before_notice"
    if won <= 0:
        return "sum_unreadable"
    return "payment_above" if won > rest else None


def why_not_pay_back(*, won: int, over: int, paid_on: date, today: date) -> str | None:
    """`over` is what was paid beyond what stands."""
    if over <= 0:
        return "nothing_to_pay_back"
    if paid_on > today:
        return "day_to_come"
    return None if 0 < won <= over else "pay_back_above"


def why_not_reference(reference: str) -> str | None:
    written = reference.strip()
    return None if 0 < len(written) <= REFERENCE_LONGEST and written.isprintable() else "reference_missing"


def why_not_contest(
    state: State,
    *,
    contested_at: datetime | None,
    received_at: datetime,
    contest_by: datetime | None,
    now: datetime,
) -> str | None:
    if state not in TOLD or contest_by is None:
        return "not_notified_yet"
    if contested_at is not None:
        return "contested_already"
    if received_at > now:
        return "day_to_come"
    return "contest_too_late" if received_at >= contest_by else None


def why_not_conclude(
    state: State, outcome: State, *, people: People, by: UUID, before: int, after: int | None
) -> str | None:
    """Whoever proposed or decided it does not decide about it again, and contesting makes nothing worse."""
    if outcome not in OUTCOMES:
        return "outcome_unknown"
    if state is not State.CONTESTED:
        return "not_contested"
    if by in {*people.proposers, people.decided_by}:
        return "third_person_needed"
    if outcome is State.CHANGED and (after is None or not 0 < after < before):
        return "changed_not_lower"
    return None


def why_not_text(text: str) -> str | None:
    readable = sum(character.isprintable() for character in text.strip())
    return None if readable >= SHORTEST and len(text.strip()) <= LONGEST else "text_length"


def balance(amount: int, *, state: State, paid: Iterable[int], paid_back: Iterable[int]) -> int:
    """What is still to be paid; below zero is what has to be paid back."""
    owed = 0 if state in CAME_TO_NOTHING else amount
    return owed - sum(paid) + sum(paid_back)
