"""What the law asks of an operator follows from its size, and what nobody knows is said."""

from datetime import date

import pytest

from haetae.agencies.enforcement.filings.duties.rules import Answer, Duty, Why, duties_of
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.law.country.duties import DutyId
from haetae.law.packs import load_pack
from tests.agencies.filing import a_fact

TODAY = date(2026, 11, 26)
SOCIAL = a_fact(FactKind.SERVICE, detail="social")


def duty(which: DutyId, *facts, on: date = TODAY) -> Duty:
    found = duties_of(facts, on=on, laws=load_pack("kr").operator_duties)
    assert [one.law.duty for one in found] == list(DutyId)
    return next(one for one in found if one.law.duty is which)


def measures(*facts, on: date = TODAY) -> tuple[Answer, tuple[Why, ...]]:
    found = duty(DutyId.PRIOR_MEASURES, *facts, on=on)
    return found.answer, found.why


def revenue(won: int, year: str = "2025", **more):
    return a_fact(FactKind.REVENUE, detail=year, number=won, **more)


def users(number: int, **more):
    return a_fact(FactKind.DAILY_USERS, number=number, **more)


def test_measures_beforehand_begin_at_the_size_of_the_decree_and_not_one_below():
    assert measures(SOCIAL, revenue(1_000_000_000), users(0)) == (Answer.YES, (Why.REVENUE,))
    assert measures(SOCIAL, revenue(999_999_999), users(100_000)) == (Answer.YES, (Why.USERS,))
    assert measures(SOCIAL, revenue(999_999_999), users(99_999)) == (Answer.NO, (Why.BELOW,))
    assert measures(a_fact(FactKind.SERVICE, detail="web_hard")) == (Answer.YES, (Why.SERVICE,))


def test_what_nobody_knows_is_said_and_frees_nobody():
    assert measures() == (
        Answer.UNKNOWN,
        (Why.REVENUE_UNKNOWN, Why.USERS_UNKNOWN, Why.SERVICE_UNKNOWN),
    )
    assert measures(SOCIAL, revenue(5)) == (Answer.UNKNOWN, (Why.USERS_UNKNOWN,))
    assert measures(SOCIAL, users(100_000)) == (Answer.YES, (Why.USERS,))
    assert measures(revenue(2_000_000_000)) == (Answer.UNKNOWN, (Why.REVENUE, Why.SERVICE_UNKNOWN))
    other = a_fact(FactKind.SERVICE, detail="other")
    assert measures(other, revenue(2_000_000_000), users(1)) == (Answer.UNKNOWN, (Why.NOT_LISTED,))


def test_the_revenue_of_last_year_counts_and_that_of_another_is_not_known():
    facts = (SOCIAL, revenue(2_000_000_000, "2024"), users(1))
    assert measures(*facts) == (Answer.UNKNOWN, (Why.REVENUE_UNKNOWN,))
    assert measures(*facts, on=date(2025, 11, 1)) == (
        Answer.UNKNOWN,
        (Why.REVENUE_UNKNOWN, Why.USERS_UNKNOWN, Why.SERVICE_UNKNOWN),
    ), "what was noted holds from its own day on"


def test_an_officials_finding_counts_before_the_operators_own_word_and_both_stay_apart():
    own, found = users(90_000, origin=Origin.OWN_WORD), users(848_000, verified=True)
    assert measures(SOCIAL, own, revenue(1)) == (Answer.NO, (Why.BELOW,))
    youth = duty(DutyId.YOUTH_OFFICER, own, found)
    assert (youth.answer, youth.rests_on, youth.is_checked) == (Answer.YES, (found,), True)
    assert not duty(DutyId.YOUTH_OFFICER, own).is_checked


def test_a_duty_whose_size_nobody_has_read_is_neither_told_nor_denied():
    for which in (DutyId.COMPLAINTS, DutyId.PREVENTION_OFFICER, DutyId.DOMESTIC_AGENT, DutyId.YEARLY_REPORT):
        found = duty(which, SOCIAL, revenue(10**12), users(10**7))
        assert (found.answer, found.why, found.rests_on) == (Answer.UNKNOWN, (Why.NOT_READ,), ())


@pytest.mark.parametrize(
    ("which", "kind"),
    [
        (DutyId.PREVENTION_OFFICER, FactKind.PREVENTION_OFFICER),
        (DutyId.YOUTH_OFFICER, FactKind.YOUTH_OFFICER),
        (DutyId.DOMESTIC_AGENT, FactKind.DOMESTIC_AGENT),
    ],
)
def test_that_somebody_is_named_shows_a_duty_met(which, kind):
    named = a_fact(kind, text="the officer's desk", until=date(2026, 11, 25))
    assert duty(which, named, on=date(2026, 11, 25)).shown_by == named
    assert duty(which, named).shown_by is None, "the officer left yesterday"
