from datetime import UTC, datetime, timedelta

import pytest

from bench.timing import MOMENTS, Course, legs, p50_p95, percentile, sustained_per_s

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def course(*, began_s: float = 0.0, leg_s: float = 1.0) -> Course:
    moments = {name: NOON + timedelta(seconds=began_s + leg_s * place) for place, name in enumerate(MOMENTS)}
    return Course(moments=moments)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    measured = [float(value) for value in range(1, 201)]
    assert percentile(measured, 50) == 100
    assert percentile(measured, 95) == 190
    assert percentile(measured, 100) == 200
    assert percentile([7.0], 5) == 7.0


def test_the_order_of_measuring_does_not_matter() -> None:
    assert p50_p95([3.0, 1.0, 2.0]) == p50_p95([1.0, 2.0, 3.0]) == {"p50": 2.0, "p95": 3.0}


def test_nothing_measured_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="measure at least one"):
        percentile([], 50)


def test_the_legs_of_a_course_are_its_whole() -> None:
    assert sum(course(leg_s=0.25).legs_s().values()) == pytest.approx(course(leg_s=0.25).whole_s)


def test_the_means_of_the_legs_are_the_mean_of_the_whole() -> None:
    courses = [course(leg_s=1), course(leg_s=3)]
    assert sum(leg["mean"] for leg in legs(courses).values()) == pytest.approx(2 * (len(MOMENTS) - 1))


def test_a_picture_that_was_not_verified_is_not_complete() -> None:
    half_way = Course(moments={MOMENTS[0]: NOON})
    assert course().complete
    assert not half_way.complete
    with pytest.raises(KeyError):
        _ = half_way.whole_s


def test_the_run_out_counts_against_the_rate() -> None:
    leg_s = 1 / (len(MOMENTS) - 1)
    assert sustained_per_s([course(began_s=0, leg_s=leg_s), course(began_s=1, leg_s=leg_s)]) == pytest.approx(
        1
    )
