"""The measurement of many operators: what is planned, and what is said of it."""

from collections import Counter
from dataclasses import replace

import pytest

from bench.operators.cast import Cast, only_the_well, parts, turns
from bench.operators.figures import SLOWER_AT_MOST, compared, why_not
from bench.operators.outcome import Series

WELL = Series(
    asked=20,
    well=10,
    well_s=[1.0] * 100,
    not_reached=[],
    forgotten=[],
    doubles=[],
    attempts=25,
    outcomes={},
    latest_start_s=0.0,
    wall_s=10.0,
    used_s={"worker": 1.0},
    others_s=0.0,
    counted={"jobs": 80.0, "transactions": 900.0},
)


def test_each_of_twenty_operators_is_asked_as_often_and_the_same_seed_plans_the_same() -> None:
    planned = turns(requests=100, per_second=5.0, seed=3)
    assert planned == turns(requests=100, per_second=5.0, seed=3)
    assert planned != turns(requests=100, per_second=5.0, seed=4)
    assert set(Counter(turn.part for turn in planned).values()) == {5}
    assert [turn.at_s for turn in planned] == sorted(turn.at_s for turn in planned)


@pytest.mark.parametrize("cast", list(Cast))
def test_without_those_who_misbehave_the_others_are_asked_the_same_at_the_same_moments(cast: Cast) -> None:
    known = parts(cast)
    assert len({part.name for part in known}) == 20
    planned = turns(requests=40, per_second=5.0, seed=3)
    alone = only_the_well(planned)
    assert alone == [turn for turn in planned if known[turn.part].is_well]
    assert len(alone) == 20


def test_the_ratio_is_of_those_who_behave_and_every_aim_that_is_missed_is_said() -> None:
    slower = replace(WELL, well_s=[1.0] * 90 + [1.0 + SLOWER_AT_MOST] * 10)
    assert compared(slower.well_s, WELL.well_s)["ratio"] == {"p50": 1.0, "p95": 2.2, "p99": 2.2}
    assert why_not(beside=[WELL], alone=[WELL]) == []
    (said,) = why_not(beside=[slower], alone=[WELL])
    assert "p95 is 2.2 times" in said
    few = replace(slower, well_s=slower.well_s[-20:])
    assert why_not(beside=[few], alone=[WELL]) == [], "a p95 of twenty is one request"
    lost = replace(WELL, forgotten=["busy: 1"], doubles=["x came with two bodies"])
    assert [sentence[:1] for sentence in why_not(beside=[lost], alone=[WELL])] == ["1", "1"]
    (nothing,) = why_not(beside=[replace(WELL, well_s=[])], alone=[WELL])
    assert "there is no ratio" in nothing
