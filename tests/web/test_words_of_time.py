"""Moments in words: one unit, so that a line changes seldom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from haetae.web.words.times import length_of, moment, planned_after, relative

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("distance", "english", "korean"),
    [
        (timedelta(seconds=-4), "just now", "방금"),
        (timedelta(seconds=-37), "30 s ago", "30초 전"),
        (timedelta(minutes=-3, seconds=-5), "3 min ago", "3분 전"),
        (timedelta(hours=23, minutes=59), "in 23 h", "23시간 뒤"),
        (timedelta(hours=-47), "47 h ago", "47시간 전"),
        (timedelta(days=89, hours=23), "in 89 days", "89일 뒤"),
    ],
)
def test_a_distance_is_said_in_its_largest_whole_unit(distance, english, korean):
    with translation.override("en"):
        assert relative(distance) == english
    with translation.override("ko"):
        assert relative(distance) == korean


def test_the_exact_time_is_that_of_the_officials_zone_and_the_machine_gets_utc():
    with translation.override("en"):
        shown = moment(NOW - timedelta(minutes=1), now=NOW)
    assert shown.exact == "2026-11-22 23:59:00 KST"
    assert shown.machine == "2026-11-22T14:59:00+00:00"


def test_durations_of_the_pack_are_worded_and_sorted():
    with translation.override("en"):
        assert [planned_after(text) for text in ("PT0S", "PT1H", "P7D", "P1Y")] == [
            "at the claim", "1 h after the claim", "7 days after the claim", "P1Y",
        ]  # fmt: skip
    assert sorted(["P90D", "PT1H", "P1Y", "PT0S", "P1D"], key=length_of) == [
        "PT0S",
        "PT1H",
        "P1D",
        "P90D",
        "P1Y",
    ]


def test_a_probe_that_a_report_caused_is_worded() -> None:
    with translation.override("en"):
        assert planned_after("report-1") == "after a new report"
