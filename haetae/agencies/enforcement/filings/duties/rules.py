"""Which duties an operator has on a day, and why, why not, or why nobody knows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from haetae.agencies.enforcement.filings.facts.rules import Known, in_force, services
from haetae.agencies.enforcement.filings.states import FactKind
from haetae.law.country.duties import DutyId, OperatorDuty


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What an answer rests on."""

    SERVICE = "service"  # a service that has the duty at any size
    REVENUE = "revenue"
    USERS = "users"
    BELOW = "below"  # every size that the article names is known, and not reached
    NOT_LISTED = "not_listed"  # what it offers is not among the kinds for which a size counts
    REVENUE_UNKNOWN = "revenue_unknown"
    USERS_UNKNOWN = "users_unknown"
    SERVICE_UNKNOWN = "service_unknown"
    NOT_READ = "not_read"  # to whom it applies stands in a text that nobody has read


# What shows that a duty is met, where a fact can show it.
MET_BY: Final = {
    DutyId.PREVENTION_OFFICER: FactKind.PREVENTION_OFFICER,
    DutyId.YOUTH_OFFICER: FactKind.YOUTH_OFFICER,
    DutyId.DOMESTIC_AGENT: FactKind.DOMESTIC_AGENT,
    DutyId.HALF_YEARLY_REPORT: FactKind.PUBLIC_REPORT,
}


@dataclass(frozen=True, kw_only=True)
class Duty:
    """`rests_on` are the facts that were read; `shown_by` is the one that shows the duty met, None where none does.

    `is_checked` is false where the law or a fact that the answer rests on was not checked against its source.
    """

    law: OperatorDuty
    answer: Answer
    why: tuple[Why, ...]
    rests_on: tuple[Known, ...]
    shown_by: Known | None
    is_checked: bool


def duties_of(facts: Iterable[Known], *, on: date, laws: Sequence[OperatorDuty]) -> list[Duty]:
    """Every duty of the pack, in its order, for an operator of which these facts are known."""
    known = list(facts)
    return [_duty(law, known, on=on) for law in laws]


def _duty(law: OperatorDuty, facts: Sequence[Known], *, on: date) -> Duty:
    offers = services(facts, on=on)
    revenue = (
        in_force(facts, FactKind.REVENUE, on=on, detail=str(on.year - 1)) if law.revenue_at_least else None
    )
    users = in_force(facts, FactKind.DAILY_USERS, on=on) if law.daily_users_at_least else None
    answer, why = _answer(law, offers=frozenset(offers), revenue=_number(revenue), users=_number(users))
    asks_service = bool(law.always_for or law.services)
    rests_on = [*offers.values()] if asks_service else []
    rests_on += [fact for fact in (revenue, users) if fact is not None]
    met_by = MET_BY.get(law.duty)
    return Duty(
        law=law,
        answer=answer,
        why=why,
        rests_on=tuple(rests_on),
        shown_by=in_force(facts, met_by, on=on) if met_by else None,
        is_checked=law.verified and law.services_read and all(fact.verified for fact in rests_on),
    )


def _answer(
    law: OperatorDuty, *, offers: frozenset[str], revenue: int | None, users: int | None
) -> tuple[Answer, tuple[Why, ...]]:
    if not law.is_read:
        return Answer.UNKNOWN, (Why.NOT_READ,)
    if offers & law.always_for:
        return Answer.YES, (Why.SERVICE,)
    if law.services and offers and not offers & law.services:
        # A list that nobody has read frees nobody.
        return Answer.NO if law.services_read else Answer.UNKNOWN, (Why.NOT_LISTED,)
    reached, unknown = _sizes(law, revenue=revenue, users=users)
    # What it offers matters for a size to count, and for having the duty at any size.
    if not offers and (law.services if reached else law.always_for):
        return Answer.UNKNOWN, (*(reached or unknown), Why.SERVICE_UNKNOWN)
    if reached:
        return Answer.YES, reached
    return (Answer.UNKNOWN, unknown) if unknown else (Answer.NO, (Why.BELOW,))


def _sizes(
    law: OperatorDuty, *, revenue: int | None, users: int | None
) -> tuple[tuple[Why, ...], tuple[Why, ...]]:
    """The sizes of the article that are reached, and those of which nobody knows."""
    least_revenue = law.revenue_at_least.amount if law.revenue_at_least else None
    asked = (
        (least_revenue, revenue, Why.REVENUE, Why.REVENUE_UNKNOWN),
        (law.daily_users_at_least, users, Why.USERS, Why.USERS_UNKNOWN),
    )
    bounds = [(least, value, why, unknown) for least, value, why, unknown in asked if least is not None]
    reached = tuple(why for least, value, why, _ in bounds if value is not None and value >= least)
    return reached, tuple(unknown for _, value, _, unknown in bounds if value is None)


def _number(fact: Known | None) -> int | None:
    return fact.number if fact else None
