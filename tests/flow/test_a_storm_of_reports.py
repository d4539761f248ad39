"""Many report one lawful picture of somebody whom they want silent: it costs one person one look, and is seen."""

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from board import PAGE, Board
from work import do_all_jobs

from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.sealed import search_digest
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.by_hand import rules
from haetae.flow.by_hand.actions import count_report, looked_at_storm
from haetae.flow.by_hand.models import HostHour, Storm
from haetae.flow.by_hand.queries import is_stormed
from haetae.flow.overview.health import health
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.hashbank.actions import keep_list
from haetae.hashbank.states import Purpose
from haetae.web.console.alarms import alarms
from tests import people
from tests.commission import seat

# As somebody copies a link on: by another spelling, with a mark of where it came from, to a part of the page.
SPELLINGS = ("", "#top", "#comments")
REPORTS = int(os.environ.get("STORM_REPORTS", "40"))
FORUM = "https://forum.example/1"

pytestmark = pytest.mark.django_db


@pytest.fixture
def stormed(
    board: Board,
    coffee: bytes,
    settings: Any,
    moving_clock: time_machine.Traveller,
) -> Sequence[Report]:
    """With fewer reports than the product calls a storm, so many are one here."""
    settings.STORM_REPORTS = min(settings.STORM_REPORTS, REPORTS)
    board.picture = coffee
    for number in range(REPORTS):
        report(PAGE + SPELLINGS[number % len(SPELLINGS)])
    do_all_jobs(at_most=20 * REPORTS)
    return list(Report.objects.all())


def report(link: str = PAGE) -> None:
    receive_report(link=link, form_key=uuid4())


def test_nobody_is_asked_for_anything_one_person_looks_once_and_it_is_one_alarm(
    stormed: Sequence[Report], board: Board
) -> None:
    assert len(stormed) == REPORTS
    assert {one.state for one in stormed} == {"located"}, "every report is kept and answered"
    assert Sighting.objects.count() == 1
    assert board.orders == []
    assert not DeletionRequest.objects.exists()
    assert Task.objects.filter(state="waiting", kind="judge").count() == 1
    assert Assessment.objects.filter(state="review").count() == 1
    assert Event.objects.filter(name="by_hand.stormed").count() == 1
    now = clock.now()
    assert sum("board.example" in one.words for one in alarms(health(now=now), now=now)) == 1


def test_what_is_slipped_onto_a_list_meanwhile_is_asked_for_by_a_person_alone_until_somebody_looked(
    stormed: Sequence[Report], board: Board, coffee: bytes, make_known: Callable[..., None]
) -> None:
    make_known(coffee)
    do_all_jobs()
    assert board.orders == []
    newest = Assessment.objects.latest("round")
    assert (newest.state, [one["code"] for one in newest.reasons][:2]) == (
        "review",
        ["storm", "known_confirmed"],
    )
    assert Task.objects.filter(state="waiting", kind="judge").count() == 1
    looked_at_storm(storm_id=Storm.objects.get().pk, official_id=seat(people.REVIEWER, Role.REVIEWER).pk)
    report()
    do_all_jobs()
    assert len(board.orders) == 1, "machines act again, whoever is shown is not forgotten"


def test_no_child_waits_for_the_end_of_a_storm_and_what_reports_say_changes_nothing(
    stormed: Sequence[Report], board: Board, coffee: bytes, make_known: Callable[..., None]
) -> None:
    """Anybody can make a storm; nobody can put a picture onto a list against the abuse of children by reporting it."""
    keep_list(name="test", issuer="partner", purpose=Purpose.CSAM, actor=SYSTEM)
    make_known(coffee)
    do_all_jobs()
    assert len(board.orders) == 1
    assert "storm" not in [one["code"] for one in Assessment.objects.latest("round").reasons]


def test_elsewhere_machines_go_on_while_it_storms_and_a_storm_is_over_by_itself(
    stormed: Sequence[Report], moving_clock: time_machine.Traveller
) -> None:
    assert is_stormed([PAGE])
    assert not is_stormed([FORUM])
    moving_clock.shift(rules.QUIET)
    assert not is_stormed([PAGE])


@pytest.mark.parametrize(
    ("usual", "this_hour", "storms"),
    [
        (40, 399, False),  # a big platform has many on any day, and ten times as many on none
        (40, 400, True),
        (0, 99, False),  # nobody is called for small numbers
        (0, 100, True),
        (9.99, 100, True),
    ],
)
def test_a_storm_is_ten_times_what_is_usual_at_that_very_host(
    moving_clock: time_machine.Traveller, usual: float, this_hour: int, storms: bool
) -> None:
    hour, hours = rules.hour_of(clock.now()), int(rules.BASELINE / timedelta(hours=1))
    digest = search_digest("forum.example")
    if usual:
        HostHour.objects.create(host_digest=digest, hour=hour - rules.BASELINE, reports=round(usual * hours))
    HostHour.objects.create(host_digest=digest, hour=hour, reports=this_hour - 1)
    count_report(link=FORUM, at=clock.now())
    assert Storm.objects.exists() is storms
