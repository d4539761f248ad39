"""A leak is told from a step and from noise."""

import random

import pytest

from bench.whole.memory import slope


def _minutes(mib):
    draw = random.Random(1)
    return [(minute / 60, mib(minute) + draw.uniform(-0.5, 0.5)) for minute in range(60)]


def test_a_leak_is_measured():
    found = slope(_minutes(lambda minute: 100 + minute / 10))
    assert found.low < 6 < found.high
    assert found.low > 5


def test_what_stays_has_no_slope_and_neither_has_one_step_that_stays():
    assert abs(slope(_minutes(lambda _: 100)).median) < 0.5
    stepped = slope(_minutes(lambda minute: 100 + 16 * (minute > 45)))
    assert stepped.low < 1.5, "less than what a leak of four an hour shows"


def test_two_minutes_tell_nothing():
    with pytest.raises(ValueError, match="longer"):
        slope([(0, 1), (1, 2)])
