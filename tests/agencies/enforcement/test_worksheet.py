"""A sum can be worked out again by anybody, never passes the law's cap, and never falls where more speaks against."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet import numbers, paper, working
from haetae.agencies.enforcement.sanctions.worksheet.facts import Line, Worksheet
from haetae.agencies.enforcement.sanctions.worksheet.proposing import Seen, proposed
from haetae.law.sanctioning.facts import Factor, Level, Severity
from tests.agencies.enforcement.worksheets import NUMBERS, ON, PACK, fine, surcharge

_WON = some.integers(min_value=0, max_value=10**13)
# How fast a machine is that others work on says nothing about a sum.
_CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_ORDER = (Level.LOW, Level.MIDDLE, Level.HIGH)
CASES = some.fixed_dictionaries(
    {
        "revenues": some.lists(_WON, max_size=3).map(tuple),
        "levels": some.fixed_dictionaries({factor: some.sampled_from(Level) for factor in Factor}),
        "earlier": some.integers(min_value=0, max_value=50),
        "percent": some.integers(min_value=-50, max_value=50),
    }
)


def result(sheet: Worksheet, line: Line) -> int:
    return next(row.result for row in sheet.rows if row.line is line)


def test_a_surcharge_of_middling_weight_is_worked_out_by_hand_to_the_won():
    sheet = surcharge(earlier=1, percent=-25)
    assert sheet.score == 2 * (30 + 20 + 20 + 15 + 10 + 5)
    assert sheet.severity is Severity.SERIOUS
    assert result(sheet, Line.AVERAGE) == 36_000_000_001 // 3
    assert result(sheet, Line.BASE) == 12_000_000_000 * 200 // 10_000
    assert result(sheet, Line.EARLIER) == 264_000_000
    assert sheet.amount == 198_000_000
    assert sheet.cap == 360_000_000


@_CALM
@given(facts=CASES)
def test_no_surcharge_passes_three_percent_of_the_average_or_the_sum_for_those_without_revenue(facts):
    sheet = surcharge(**facts)
    revenues = sheet.surcharge.facts.revenues
    cap = sum(revenues) // len(revenues) * 3 // 100 if revenues else 1_000_000_000
    assert 0 <= sheet.amount <= sheet.cap == cap


@_CALM
@given(facts=CASES)
def test_every_line_can_be_worked_out_again_by_itself(facts):
    sheet = surcharge(**facts)
    for row in sheet.rows:
        if row.times is not None:
            assert row.result == row.value * row.times // row.of, row
    assert sheet.amount == min(result(sheet, Line.EFFORT), result(sheet, Line.CAP))


@_CALM
@given(
    levels=some.fixed_dictionaries({factor: some.sampled_from(Level) for factor in Factor}),
    factor=some.sampled_from(Factor),
    revenues=some.lists(_WON, max_size=3).map(tuple),
    percent=some.integers(min_value=-50, max_value=49),
    earlier=some.integers(min_value=0, max_value=9),
)
def test_more_of_anything_that_speaks_against_never_costs_less(levels, factor, revenues, percent, earlier):
    sums = [
        surcharge(revenues=revenues, levels=levels | {factor: level}, earlier=earlier, percent=percent).amount
        for level in _ORDER
    ]
    assert sums == sorted(sums)
    before = surcharge(revenues=revenues, levels=levels, earlier=earlier, percent=percent)
    again = surcharge(revenues=revenues, levels=levels, earlier=earlier + 1, percent=percent)
    less_effort = surcharge(revenues=revenues, levels=levels, earlier=earlier, percent=percent + 1)
    richer = surcharge(
        revenues=tuple(won + 1 for won in revenues), levels=levels, earlier=earlier, percent=percent
    )
    assert before.amount <= min(again.amount, less_effort.amount, richer.amount)


@_CALM
@given(facts=CASES)
def test_a_sheet_out_of_its_own_json_comes_to_the_same_sum(facts):
    sheet = surcharge(**facts)
    text = paper.canonical(sheet)
    assert paper.read(text) == sheet
    assert paper.read(json.dumps(json.loads(text), indent=2)).amount == sheet.amount


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1},
        {"cap": 10**12},
        {"severity": "ordinary"},
        {"surcharge": None},
        {"schema": "haetae.worksheet/0"},
        {"standing": "law"},
        {"note": "more than was worked out"},
    ],
)
def test_a_sheet_that_was_altered_is_refused(change):
    told = paper.as_json(surcharge()) | change
    with pytest.raises(paper.AlteredSheetError):
        paper.read(json.dumps(told))
    for broken in ("", "[]", "null", "{"):
        with pytest.raises(paper.AlteredSheetError):
            paper.read(broken)


def test_nobody_is_told_that_a_rate_or_a_threshold_is_law():
    unchecked = {row.line for row in surcharge().unchecked}
    assert {Line.FACTOR, Line.SEVERITY, Line.BASE, Line.EARLIER, Line.AMOUNT} <= unchecked
    law = {row.article for row in surcharge().rows if row.article}
    assert law == {"22-6(1)"}
    assert {row.article for row in surcharge(revenues=()).rows if row.article} == {"22-6(2)"}
    assert not any(one.verified for one in NUMBERS.classes)
    assert paper.as_json(surcharge())["standing"] == "proposal, not law"


def test_whoever_has_no_revenue_pays_a_sum_of_the_class_and_never_more_than_the_law_names():
    heaviest = surcharge(revenues=(), levels=dict.fromkeys(Factor, Level.HIGH), earlier=9, percent=50)
    assert heaviest.amount == heaviest.cap == 1_000_000_000
    assert surcharge(revenues=(), levels=dict.fromkeys(Factor, Level.LOW)).amount == 330_000_000
    assert surcharge(revenues=(0, 0, 0)).amount == 0


def test_a_fine_is_a_share_of_what_its_article_allows_and_never_above_it():
    assert fine().amount == 9_900_000
    assert fine(earlier=7).amount == 30_000_000
    assert fine(earlier=2, percent=50).amount == 30_000_000
    assert fine("no_transparency_report", percent=-50).amount == 1_650_000
    assert paper.read(paper.canonical(fine(earlier=1))) == fine(earlier=1)


def test_a_crime_and_an_article_that_did_not_hold_that_day_are_no_ground():
    with pytest.raises(numbers.NoSuchSanctionError):
        numbers.fine_numbers(PACK, "ignoring_an_order", earlier=0, on=ON)
    with pytest.raises(numbers.NoSuchSanctionError):
        numbers.surcharge_numbers(PACK, on=date(2020, 12, 9))
    assert {row.sanction_id for row in numbers.articles(PACK, Kind.SURCHARGE, on=ON)} == {
        "surcharge",
        "surcharge_without_revenue",
    }


def test_our_record_proposes_four_of_the_six_and_names_what_it_rests_on():
    ids = {Factor.REQUESTS: ("r1", "r2")}
    found = proposed(Seen(asked=40, gone=10, still_there=3, evidence=ids), PACK.surcharge.bounds)
    assert {factor: one.level for factor, one in found.items()} == {
        Factor.REQUESTS: Level.MIDDLE,
        Factor.RECOVERY: Level.HIGH,
        Factor.HARM: Level.MIDDLE,
    }
    assert found[Factor.REQUESTS].evidence == ("r1", "r2")
    assert found[Factor.RECOVERY].number == 75


def test_one_minor_makes_the_harm_high_and_without_requests_nothing_is_proposed():
    one = proposed(Seen(asked=1, gone=1, minors=1), PACK.surcharge.bounds)[Factor.HARM]
    assert (one.level, one.by_minors) == (Level.HIGH, True)
    assert proposed(Seen(daily_users=5_000_000, minors=1), PACK.surcharge.bounds) == {}


@_CALM
@given(score=some.integers(min_value=100, max_value=300))
def test_every_score_has_a_class(score):
    assert working.class_of(score, NUMBERS).from_score <= score
