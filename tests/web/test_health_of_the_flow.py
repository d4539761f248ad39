"""Whoever keeps the system running sees at a glance what is stuck, and silence means that nothing is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from haetae.accounts.actions import declare_upload_check, register_operator
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event, Head, Leaf
from haetae.audit.queries import unprovable_tail
from haetae.common import clock, jobs
from haetae.flow.arrival.actions import hook_fell_silent
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.overview.health import AGES, backlog
from haetae.flow.removal.states import State
from tests.web import sightings

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CALM = "Everything moves: nothing is stuck, and the record is provable."


def _page(browser, where: str = "/console/health/") -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return re.sub(r"\s+", " ", answer.content.decode())


def _seal_everything() -> None:
    """By hand: what stands in the leaves is no matter here, only that each event has one."""
    done = set(Leaf.objects.values_list("event_id", flat=True))
    for event in Event.objects.exclude(pk__in=done).order_by("pk"):
        Leaf.objects.create(index=Leaf.objects.count(), event_id=event.pk, digest=b"")
    Head.objects.create(size=Leaf.objects.count(), at=clock.now(), root=b"", signature=b"")


def _end_all_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(status="todo"):
        _set_status(job.pk, "succeeded")


def _set_status(job_id: int, status: str) -> None:
    """The queue's tables are not for Django to write."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, job_id],
        )


@pytest.fixture
def board(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def test_all_is_well_is_said_calmly_and_only_when_it_is(control_room):
    _seal_everything()
    _end_all_jobs()
    for where in ("/console/", "/console/health/"):
        page = _page(control_room, where)
        assert CALM in page, where
        assert "loud" not in page, where


def test_what_has_not_moved_is_counted_by_age_where_it_stands(control_room, reviewer):
    with time_machine.travel(NOW, tick=False) as traveller:
        sightings.found(1)
        traveller.shift(timedelta(minutes=50))
        sightings.asked(sightings.found(2))
        sightings.answered(sightings.found(3), State.CLAIMED)
        traveller.shift(timedelta(minutes=20))
        control_room.force_login(reviewer)
        found = {line.state: line for line in backlog(now=clock.now())}
        work = _page(control_room, "/console/")
    # AGES are 1 min, 10 min, 1 h, 24 h: the first sighting has stood for 70 minutes, the others for 20.
    assert len(AGES) == 4
    assert found["found"].by_age == [0, 0, 0, 1, 0]
    assert found["requested"].by_age == [0, 0, 1, 0, 0]
    assert found["claimed"].by_age == [0, 0, 1, 0, 0]
    assert "found: 1 wait longer than 10 min" in work
    assert "request prepared: " not in work.split('class="flow"')[0]
    assert CALM not in work


def test_an_operator_that_fails_is_shown_with_its_failure_and_its_next_trial(control_room, reviewer, board):
    with time_machine.travel(NOW, tick=False):
        control_room.force_login(reviewer)
        for number in range(5):
            request_id = sightings.asked(sightings.found(number))
            said = delivery.open_delivery(
                kind=Said.DELETE, subject_id=request_id, sighting_id=sightings.found(number), operator=board
            )
            attempt = delivery.begin_attempt(delivery_id=said.pk)
            assert attempt is not None
            delivery.attempt_failed(
                attempt_id=attempt.pk, code="network_timeout", may_have_arrived=True, retry_after_s=None
            )
        page, work = _page(control_room), _page(control_room, "/console/")
    assert "Board fails again and again and is left alone" in work
    left_alone, struggling = page.split("Operators that are left alone")[1].split("Operators not reached at")
    assert "no answer in time" in left_alone
    assert "next trial" in left_alone
    assert "5 to be said again" in struggling


def test_what_the_log_cannot_prove_yet_is_counted_with_its_age(control_room, reviewer):
    with time_machine.travel(NOW, tick=False) as traveller:
        sightings.found(1)
        _seal_everything()
        assert unprovable_tail().events == 0
        traveller.shift(timedelta(minutes=1))
        sightings.found(2)
        traveller.shift(timedelta(minutes=3))
        control_room.force_login(reviewer)
        tail, work = unprovable_tail(), _page(control_room, "/console/")
    assert (tail.events, tail.more) == (1, False)
    assert tail.oldest_at == NOW + timedelta(minutes=1)
    assert "The record: 1 entries not provable yet, the oldest for 3 min" in work


def test_work_that_nobody_takes_and_work_that_failed_are_alarms(control_room, reviewer):
    sightings.found(1)
    sightings.found(2)
    _set_status(ProcrastinateJob.objects.order_by("pk").first().pk, "failed")
    later = clock.now() + timedelta(minutes=5)
    assert jobs.queue(now=later).waiting == ProcrastinateJob.objects.filter(status="todo").count() > 0
    with time_machine.travel(later, tick=False):
        control_room.force_login(reviewer)
        work = _page(control_room, "/console/")
    assert re.search(r"Work stands still: \d+ jobs wait, the oldest for [45] min", work)
    assert "Work that failed, and is tried again every ten minutes: 1" in work


def test_a_clock_that_stands_still_is_an_alarm_and_one_that_is_a_moment_behind_is_none(
    control_room, reviewer
):
    sightings.asked(sightings.found())  # its first due date is the acknowledgement, after four hours
    for later, is_still in ((timedelta(hours=4, seconds=30), False), (timedelta(hours=6, minutes=1), True)):
        with time_machine.travel(clock.now() + later, tick=False):
            control_room.force_login(reviewer)
            work = _page(control_room, "/console/")
        words = "The clock stands still: 1 due dates have come and nothing follows, the oldest for 2 h"
        assert (words in work) == is_still


def test_a_platform_that_gets_no_answer_is_shown_with_what_it_does_meanwhile(control_room, reviewer, board):
    with time_machine.travel(NOW, tick=False) as traveller:
        declare_upload_check(operator=board, when_down=WhenWeAreDown.OPEN, actor=SYSTEM)
        traveller.shift(timedelta(minutes=5))
        hook_fell_silent(since=clock.now())
        traveller.shift(timedelta(minutes=30))
        control_room.force_login(reviewer)
        page, work = _page(control_room), _page(control_room, "/console/")
    assert "Board gets no answer about its uploads for 30 min" in work
    assert "publishes while we are down" in page


def test_the_auditor_opens_health_and_the_figures_of_operators_and_nothing_else(auditor):
    page = _page(auditor)
    sections = re.findall(r'data-key="(\w)"', page)
    assert sections == ["b", "h", "k", "n", "g"], (
        "operators, health, the log, the sums of everything, the board"
    )
    for where in ("/console/", "/console/rows/", "/console/lost/", "/console/reviews/", "/console/tasks/"):
        assert auditor.get(where).status_code == 403, where
