"""A due date is shown on the officials' clock and on the operator's, each named; a term of the law under whose law."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.flow.deadlines.models import Deadline
from haetae.flow.removal.states import State
from haetae.web.words.clocks import officials_first, operator_first
from tests.web import sightings

NINE_IN_SEOUL = datetime(2026, 11, 28, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Whatever language the page of the test before has left with this thread."""
    with override("en"):
        yield


def test_each_side_reads_its_own_clock_first_and_both_are_named() -> None:
    assert officials_first(NINE_IN_SEOUL, zone="America/New_York") == [
        "2026-11-28 09:00 Seoul",
        "2026-11-27 19:00 New York",
    ]
    with override("ko"):
        assert operator_first(NINE_IN_SEOUL, zone="Europe/London") == [
            "런던 시각 2026-11-28 00:00",
            "서울 시각 2026-11-28 09:00",
        ]


@pytest.mark.parametrize("zone", ["", "Asia/Seoul", "Asia/Tokyo", "Nowhere/Atall", "../etc/passwd"])
def test_a_clock_that_shows_the_same_or_that_nobody_knows_is_left_out(zone: str) -> None:
    assert officials_first(NINE_IN_SEOUL, zone=zone) == ["2026-11-28 09:00 Seoul"]
    assert len(operator_first(NINE_IN_SEOUL, zone=zone)) == 1


def test_half_hours_and_summer_time_are_those_of_that_day() -> None:
    assert officials_first(NINE_IN_SEOUL, zone="Asia/Kolkata")[1] == "2026-11-28 05:30 Kolkata"
    in_july = datetime(2026, 7, 1, 0, tzinfo=UTC)
    assert operator_first(in_july, zone="America/Argentina/Ushuaia")[0] == "2026-06-30 21:00 Ushuaia"
    assert operator_first(in_july, zone="Europe/London")[0] == "2026-07-01 01:00 London"


@pytest.mark.parametrize("where", ["/console/", "/console/sightings/{}/"])
def test_officials_see_both_clocks_and_whose_law_it_is(control_room, where: str) -> None:
    sighting = _asked_abroad()
    page = re.sub(r"\s+", " ", control_room.get(where.format(sighting)).content.decode())
    there = Deadline.objects.get(kind="remove", pack="us").due_at
    seoul, new_york = officials_first(there, zone="America/New_York")
    assert f'<span class="clock">{seoul}</span><span class="clock">{new_york}</span>' in page
    assert "United States" in page
    if where != "/console/":
        law, targets = page.split("Our own targets, not law")
        assert "United States: TAKE IT DOWN Act" in law
        assert "without delay" in law
        assert "TAKE IT DOWN" not in targets


def _asked_abroad():
    operator = register_operator(
        name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM
    )
    Operator.objects.filter(pk=operator.pk).update(jurisdiction="us", zone="America/New_York")
    sighting = sightings.found()
    sightings.answered(sighting, State.SENT)
    return sighting
