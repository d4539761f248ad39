"""Section 1 of the law map, row by row: what a report said in 2024, and what the statute says, by the day."""

from datetime import date

import pytest

from haetae.law.facts import NotInForceError
from haetae.law.packs import load_pack
from haetae.law.person.facts import Reader, TimeLimit
from haetae.law.person.penalties import Limit, limit_on, offences_on
from haetae.law.person.plan import Verdict

CHANGED, EVE = date(2024, 10, 16), date(2024, 10, 15)
TODAY = date(2026, 11, 26)
YEAR = 12
PACK = load_pack("kr")


def limit(offence_id: str, day: date = TODAY) -> Limit:
    return limit_on(PACK.all_offences, offence_id, day)


@pytest.mark.parametrize(
    ("claim_id", "verdict", "article"),
    [
        ("three_years_for_everything", Verdict.MERGED, "14-2"),
        ("seven_years_as_a_proposal", Verdict.ALREADY_LAW, "14-2(1)"),
        ("threats_to_minors", Verdict.LEAST_TOLD_AS_MOST, "11-2"),
        ("undercover_needs_a_court", Verdict.INCOMPLETE, "22-3"),
        ("government_blocks_first", Verdict.OTHER_ACTOR, "44-2(4)"),
        ("leniency", Verdict.NOT_ENACTED, None),
        ("confiscation", Verdict.ENACTED, "15-3"),
    ],
)
def test_each_row_of_the_report_stands_beside_the_statute(claim_id, verdict, article):
    (claim,) = [one for one in PACK.plan if one.claim_id == claim_id]
    assert claim.verdict is verdict
    assert (claim.law.article if claim.law else None) == article
    assert not claim.source.kind.is_law, "a report makes no law"
    assert set(claim.offences) <= {one.offence_id for one in PACK.all_offences}


def test_every_row_of_the_report_is_there_once():
    assert len({one.claim_id for one in PACK.plan}) == len(PACK.plan) == 7


@pytest.mark.parametrize(
    ("offence_id", "least", "most", "fine_won", "habit_most"),
    [
        # 1.1 row 1: the report told 14-2(1) to (4) as one.
        ("make", None, 7 * YEAR, 50_000_000, 126),
        ("spread", None, 7 * YEAR, 50_000_000, 126),
        ("spread_for_money", 3 * YEAR, None, None, None),
        ("keep", None, 3 * YEAR, 30_000_000, None),
        # 1.1 row 3, and what holds for adults beside it.
        ("threaten_under_19", 3 * YEAR, None, None, None),
        ("force_under_19", 5 * YEAR, None, None, None),
        ("threaten", 1 * YEAR, None, None, None),
        ("force", 3 * YEAR, None, None, None),
        # 1.2: article 11 of the act for children and young people.
        ("make_under_19", 5 * YEAR, None, None, None),
        ("sell_under_19", 5 * YEAR, None, None, None),
        ("spread_under_19", 3 * YEAR, None, None, None),
        ("keep_under_19", 1 * YEAR, None, None, None),
        # 1.2: grooming, and who names a child.
        ("groom_under_19", None, 3 * YEAR, 30_000_000, None),
        ("name_the_person_under_19", None, 7 * YEAR, 50_000_000, None),
    ],
)
def test_the_least_and_the_most_never_change_places(offence_id, least, most, fine_won, habit_most):
    found = limit(offence_id)
    assert (found.least_months, found.most_months) == (least, most)
    assert (found.most_fine.amount if found.most_fine else None) == fine_won
    assert found.habit_most_months == habit_most
    assert found.life == (offence_id == "make_under_19")


def test_row_2_seven_years_were_law_three_weeks_before_the_report():
    assert limit("make", EVE).most_months == 5 * YEAR
    assert limit("make", EVE).offence.only_if_en
    assert limit("make", CHANGED).most_months == 7 * YEAR
    assert not limit("make", CHANGED).offence.only_if_en
    assert date(2024, 11, 6) > CHANGED


@pytest.mark.parametrize(
    ("offence_id", "day", "attempt"),
    [
        ("make", TODAY, True),
        ("threaten_under_19", TODAY, True),
        ("groom_under_19", date(2025, 4, 21), False),
        ("groom_under_19", date(2025, 4, 22), True),
    ],
)
def test_trying_is_punished_from_its_day(offence_id, day, attempt):
    assert limit(offence_id, day).offence.attempt is attempt


@pytest.mark.parametrize(
    ("offence_id", "clock"),
    [
        ("make_under_19", TimeLimit.NONE),
        ("spread_under_19", TimeLimit.FROM_MAJORITY),
        ("keep_under_19", TimeLimit.FROM_MAJORITY),
        ("make", None),
    ],
)
def test_the_clock_of_a_trial_waits_for_the_child(offence_id, clock):
    assert limit(offence_id).offence.clock is clock


@pytest.mark.parametrize(
    ("rule_id", "reader", "day", "holds"),
    [
        ("confiscation", Reader.OFFICERS, date(2025, 6, 20), False),
        ("confiscation", Reader.OFFICERS, date(2025, 6, 21), True),
        ("voice_counts", Reader.OFFICERS, TODAY, True),
        ("consent_then_not_now", Reader.PUPILS, TODAY, True),
        ("under_14", Reader.PUPILS, TODAY, True),
        ("report_at_once", Reader.OFFICERS, TODAY, True),
        ("secrecy", Reader.OFFICERS, TODAY, True),
        ("who_pays_for_deletion", Reader.MONEY, TODAY, True),
        ("label_what_is_generated", Reader.OFFICERS, TODAY, True),
    ],
)
def test_each_further_rule_is_told_to_whom_it_concerns(rule_id, reader, day, holds):
    assert (rule_id in {rule.rule_id for rule in PACK.rules(reader, on=day)}) is holds


def test_a_deed_of_a_time_that_nobody_read_is_refused_with_the_day_from_which_we_know():
    with pytest.raises(NotInForceError, match="first day that can be vouched for is 2020-06-25"):
        limit("make", date(2019, 1, 1))
    with pytest.raises(NotInForceError, match="no offence has this id"):
        limit("jaywalking")
    assert offences_on(PACK.all_offences, date(2019, 1, 1)) == ()


def test_what_nobody_has_read_is_marked():
    unchecked = {one.offence_id for one in offences_on(PACK.all_offences, EVE) if not one.verified}
    assert {"make", "groom_under_19"} <= unchecked
