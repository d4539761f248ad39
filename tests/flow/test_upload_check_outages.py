"""The time in which platforms got no answer: noticed, dated truly, shown, and looked at afterwards."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from steps import happened
from work import do_all_jobs

from haetae.accounts.actions import declare_upload_check, register_operator
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.flow.arrival import actions, queries
from haetae.flow.arrival.models import HookOutage, Pulse, Sighting
from haetae.flow.arrival.states import Outcome
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.flow.timekeeper import Timekeeper

pytestmark = pytest.mark.django_db


def asking(name: str, when_down: WhenWeAreDown) -> Operator:
    origin = f"https://{name}.example"
    operator = register_operator(name=name, connector="sandbox", origin=origin, actor=SYSTEM)
    declare_upload_check(operator=operator, when_down=when_down, actor=SYSTEM)
    return operator


def pulse() -> None:
    actions.beat(name="web:1", at=clock.now(), counts={})


def hook_events() -> list[str]:
    return [name for name in happened() if name.startswith("arrival.hook")]


def test_a_pulse_that_stops_is_one_outage_for_each_operator_that_asks(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    asking("open", WhenWeAreDown.OPEN)
    register_operator(name="asks nobody", connector="sandbox", origin="https://a.example", actor=SYSTEM)
    moving_clock.shift(timedelta(minutes=1))
    pulse()
    last = clock.now()
    timekeeper = Timekeeper()
    for _ in range(15):
        moving_clock.shift(timedelta(seconds=1))
        timekeeper.tick()
    assert not HookOutage.objects.exists()
    for _ in range(5):
        moving_clock.shift(timedelta(seconds=1))
        timekeeper.tick()
    Timekeeper().tick()
    outages = HookOutage.objects.order_by("operator__name")
    assert [(outage.declared, outage.began_at, outage.ended_at) for outage in outages] == [
        ("closed", last, None),
        ("open", last, None),
    ]
    assert hook_events() == ["arrival.hook_down"] * 2


def test_a_living_pulse_is_no_outage(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    timekeeper = Timekeeper()
    for _ in range(20):
        pulse()
        moving_clock.shift(timedelta(seconds=3))
        timekeeper.tick()
    assert not HookOutage.objects.exists()


def test_a_web_process_that_never_came_up_is_an_outage_too(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    moving_clock.shift(timedelta(days=1))
    timekeeper = Timekeeper()
    timekeeper.tick()
    began = clock.now()
    assert not HookOutage.objects.exists()
    moving_clock.shift(timedelta(seconds=16))
    timekeeper.tick()
    assert HookOutage.objects.get().began_at == began


def test_when_everything_was_down_the_first_tick_writes_the_outage_with_its_true_begin(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    pulse()
    last = clock.now()
    moving_clock.shift(timedelta(hours=7))
    Timekeeper().tick()
    assert HookOutage.objects.get().began_at == last


def test_when_the_web_is_back_before_the_clock_the_outage_is_written_all_the_same(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    pulse()
    last = clock.now()
    moving_clock.shift(timedelta(hours=7))
    pulse()
    outage = HookOutage.objects.get()
    assert (outage.began_at, outage.ended_at) == (last, clock.now())
    Timekeeper().tick()
    assert hook_events() == ["arrival.hook_down", "arrival.hook_back"]


def test_an_operator_that_began_to_ask_in_the_silence_was_not_without_an_answer_before(moving_clock):
    pulse()
    moving_clock.shift(timedelta(hours=7))
    asking("late", WhenWeAreDown.CLOSED)
    declared = clock.now()
    moving_clock.shift(timedelta(seconds=1))
    Timekeeper().tick()
    assert HookOutage.objects.get().began_at == declared


@pytest.mark.parametrize(("when_down", "found"), [(WhenWeAreDown.OPEN, 1), (WhenWeAreDown.CLOSED, 0)])
def test_what_went_through_unseen_is_looked_at_as_soon_as_we_are_back(
    moving_clock, board, coffee, when_down, found
):
    asking("board", when_down)
    pulse()
    moving_clock.shift(timedelta(minutes=5))
    Timekeeper().tick()
    board.picture = coffee
    pulse()
    done = do_all_jobs()
    assert done.count("haetae.arrival.watch") == found
    assert Sighting.objects.count() == found
    assert hook_events() == ["arrival.hook_down", "arrival.hook_back"]


def test_a_person_is_called_once_and_only_while_it_lasts(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    pulse()
    moving_clock.shift(timedelta(seconds=16))
    Timekeeper().tick()
    do_all_jobs()
    task = Task.objects.get()
    assert (task.kind, task.subject_id, task.state) == (
        Kind.HOOK_DOWN,
        HookOutage.objects.get().pk,
        "waiting",
    )
    pulse()
    do_all_jobs()
    task.refresh_from_db()
    assert task.state == "resolved"
    moving_clock.shift(timedelta(hours=1))
    pulse()
    do_all_jobs()
    assert Task.objects.count() == 1


def test_questions_without_an_answer_are_counted_for_the_day_and_within_the_outage(moving_clock):
    operator = asking("closed", WhenWeAreDown.CLOSED)
    pulse()
    moving_clock.shift(timedelta(seconds=16))
    Timekeeper().tick()
    day = date(2026, 11, 22)
    actions.count_uploads({(operator.pk, day, Outcome.UNANSWERED): 3})
    actions.beat(name="web:1", at=clock.now(), counts={(operator.pk, day, Outcome.UNANSWERED): 2})
    actions.count_uploads({(operator.pk, day, Outcome.UNANSWERED): 1, (operator.pk, day, Outcome.REFUSED): 4})
    assert HookOutage.objects.get().unanswered == 5
    (state,) = queries.upload_checks_state()
    assert (state.asked, state.refused, state.doubtful, state.unanswered) == (10, 4, 0, 6)


def test_the_state_of_a_platforms_questions_is_told_before_during_and_after_an_outage(moving_clock):
    asking("closed", WhenWeAreDown.CLOSED)
    declared = clock.now()
    pulse()
    (before,) = queries.upload_checks_state()
    assert (before.declared, before.answering_since, before.down_since) == ("closed", declared, None)
    moving_clock.shift(timedelta(seconds=16))
    (unnoticed,) = queries.upload_checks_state()
    Timekeeper().tick()
    (during,) = queries.upload_checks_state()
    assert [state.down_since for state in (unnoticed, during)] == [declared, declared]
    assert during.answering_since is None
    pulse()
    (after,) = queries.upload_checks_state()
    assert (after.answering_since, after.down_since) == (clock.now(), None)


def test_the_database_knows_one_open_outage_of_an_operator(moving_clock):
    operator = asking("closed", WhenWeAreDown.CLOSED)
    HookOutage.objects.create(operator=operator, declared="closed", began_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        HookOutage.objects.create(
            operator=operator, declared="closed", began_at=clock.now() + timedelta(seconds=1)
        )


def test_two_web_processes_are_two_pulses_and_one_that_is_gone_is_forgotten(moving_clock):
    actions.beat(name="web:1", at=clock.now(), counts={})
    moving_clock.shift(timedelta(hours=2))
    actions.beat(name="web:2", at=clock.now(), counts={})
    assert [row.name for row in Pulse.objects.all()] == ["web:2"]
