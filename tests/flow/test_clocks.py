"""Each due date acts once: with two clocks, two workers, after hours without either, killed between, set wrong."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import InternalError, OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from steps import happened
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock, jobs
from haetae.flow import next_step
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.actions import meet, pass_due, set_deadline
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.models import Step
from haetae.flow.removal.actions import request_deletion
from haetae.flow.tasks.models import Task
from haetae.flow.timekeeper import Timekeeper

MANY = 250  # more than one batch for each of two clocks


@pytest.fixture
def acted(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """For whom something was done because a date had passed, in the order in which it was done."""
    done: list[UUID] = []
    monkeypatch.setitem(next_step.WHEN_DUE, Kind.LOOK, done.append)
    return done


def due(at: datetime, *, subject_id: UUID | None = None) -> UUID:
    row = set_deadline(
        kind=Kind.LOOK,
        subject_id=subject_id or uuid4(),
        basis=Basis.POLICY,
        source="haetae",
        due_at=at,
    )
    return row.subject_id


def two_hours_of_due_dates() -> list[UUID]:
    """Set in no order; returned in the order in which they fall due."""
    now = clock.now()
    late = random.Random(MANY).sample(range(2 * 60 * 60), MANY)
    subjects = {late_s: due(now - timedelta(seconds=late_s)) for late_s in late}
    return [subjects[late_s] for late_s in sorted(subjects, reverse=True)]


def passed() -> list[UUID]:
    events = Event.objects.filter(name="deadlines.passed").order_by("pk")
    return [UUID(event.facts["for"]) for event in events]


def at_once(*acts: Callable[[], object]) -> None:
    gate, problems = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
        except Exception as problem:  # a thread has nobody to raise it to
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []


def keep_time() -> None:
    """A clock that starts now and runs until nothing is due."""
    timekeeper = Timekeeper()
    while Deadline.objects.filter(state="set", due_at__lte=clock.now()).exists():
        timekeeper.tick()


def work() -> None:
    """A worker that starts now: it takes jobs from the queue as a real one does, until there is none."""
    manager = JobManager(DjangoConnector())
    worker = async_to_sync(manager.register_worker)()
    while job := async_to_sync(manager.fetch_job)(queues=None, worker_id=worker):
        arguments = job.task_kwargs
        app.tasks[job.task_name].func(**(json.loads(arguments) if isinstance(arguments, str) else arguments))
        async_to_sync(manager.finish_job)(job, status=Status.SUCCEEDED, delete_job=True)


@pytest.mark.usefixtures("several_at_once")
def test_after_two_hours_without_anybody_two_clocks_and_two_workers_do_everything_once(
    acted: list[UUID],
) -> None:
    in_order = two_hours_of_due_dates()
    at_once(keep_time, keep_time)
    assert passed() == in_order, "each once, and in the order in which they fell due"
    waiting = ProcrastinateJob.objects.filter(status="todo").order_by("pk").values_list("args", flat=True)
    queued = [arguments["event_id"] for arguments in waiting]
    assert queued == list(Event.objects.order_by("pk").values_list("pk", flat=True)), "the steps likewise"
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    at_once(work, work)
    assert Counter(acted) == Counter(in_order)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_what_came_too_late_says_by_how_much_and_what_came_in_time_says_nothing(
    moving_clock: time_machine.Traveller, acted: list[UUID]
) -> None:
    began = clock.now()
    first, second = due(began + timedelta(minutes=3)), due(began + timedelta(hours=2))
    moving_clock.shift(timedelta(hours=2, seconds=1))
    keep_time()
    do_all_jobs()
    assert acted == [first, second]
    late = [
        event.facts.get("late_s") for event in Event.objects.filter(name="deadlines.passed").order_by("pk")
    ]
    assert late == [117 * 60 + 1, None]


@pytest.mark.usefixtures("several_at_once")
def test_a_clock_that_is_killed_in_the_middle_has_passed_nothing_and_the_next_one_passes_all(
    acted: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = [due(clock.now() - timedelta(seconds=late_s)) for late_s in (5, 4, 3)]
    with monkeypatch.context() as during:
        written: list[str] = []

        def killed_at_the_second(**named: object) -> Event:
            written.append(str(named["event"]))
            if len(written) == 2:
                _die()
            return recorded(**named)  # type: ignore[arg-type]

        recorded = deadlines.record
        during.setattr(deadlines, "record", killed_at_the_second)
        with pytest.raises(OperationalError):
            pass_due(at=clock.now())
    connection.close()
    assert (passed(), ProcrastinateJob.objects.count()) == ([], 0)
    keep_time()
    do_all_jobs()
    assert (passed(), acted) == (in_order, in_order)


@pytest.mark.usefixtures("several_at_once")
def test_a_clock_that_stands_still_in_the_middle_loses_its_lock_and_another_goes_on(
    acted: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = [due(clock.now() - timedelta(seconds=late_s)) for late_s in (5, 4)]
    with monkeypatch.context() as during:
        during.setattr(deadlines, "_STANDS_STILL_MS", 100)
        during.setattr(deadlines, "record", lambda **_named: time.sleep(0.5))
        with pytest.raises(InternalError):
            pass_due(at=clock.now())
    connection.close()
    keep_time()
    assert passed() == in_order


@pytest.mark.usefixtures("several_at_once")
def test_a_worker_that_is_killed_before_or_after_its_commit_leaves_one_task(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request_id = _asked()
    Deadline.objects.filter(subject_id=request_id, basis="policy", kind="remove").update(due_at=clock.now())
    assert pass_due(at=clock.now()) == 1
    event = Event.objects.get(name="deadlines.passed")
    with monkeypatch.context() as during:
        act = next_step.WHEN_DUE[Kind.REMOVE]
        during.setitem(next_step.WHEN_DUE, Kind.REMOVE, lambda subject: (act(subject), _die()))
        with pytest.raises(OperationalError):
            next_step.next_step(event.pk)
    connection.close()
    assert (happened().count("removal.overdue"), Step.objects.count(), Task.objects.count()) == (0, 0, 0)
    # Given back to the queue, it is taken by two: by one whose end the queue never learnt of, and by the next.
    at_once(lambda: next_step.next_step(event.pk), lambda: next_step.next_step(event.pk))
    assert (happened().count("removal.overdue"), Step.objects.count(), Task.objects.count()) == (1, 1, 1)


@pytest.mark.usefixtures("several_at_once")
def test_what_is_met_at_the_moment_when_it_falls_due_does_not_pass_and_holds_nobody_up(
    acted: list[UUID],
) -> None:
    now = clock.now()
    met, other = due(now - timedelta(seconds=2)), due(now - timedelta(seconds=1))
    begun, looked = threading.Event(), threading.Event()

    def answer() -> None:
        with transaction.atomic():
            meet(subject_id=met, kinds=[Kind.LOOK])
            begun.set()
            assert looked.wait(10)

    def look() -> None:
        assert begun.wait(10)
        pass_due(at=now)
        looked.set()

    at_once(answer, look)
    assert passed() == [other]
    assert pass_due(at=now) == 0
    assert dict(Deadline.objects.values_list("subject_id", "state")) == {met: "met", other: "passed"}


@pytest.mark.django_db
def test_a_clock_that_is_set_wrong_and_right_again_acts_on_nothing_twice_and_loses_nothing(
    moving_clock: time_machine.Traveller, acted: list[UUID]
) -> None:
    began = clock.now()
    soon, tomorrow, after = (due(began + timedelta(hours=hours)) for hours in (0.5, 23, 26))

    def goes(**time: float) -> list[UUID]:
        moving_clock.shift(timedelta(**time))
        keep_time()
        do_all_jobs()
        return acted

    assert goes(hours=-1) == []
    assert goes(hours=1.5) == [soon], "an hour back: it comes when the clock shows its time again"
    assert goes(hours=-1) == [soon]
    assert goes(days=1) == [soon, tomorrow], "a day ahead: too early, as that clock has it, and once"
    assert goes(days=-1, hours=1) == [soon, tomorrow]
    assert goes(hours=23) == [soon, tomorrow]
    assert goes(hours=3) == [soon, tomorrow, after]
    assert passed() == acted


@pytest.mark.django_db
def test_a_clock_that_is_put_back_an_hour_goes_on_waking_the_watchers(
    moving_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr(jobs, "defer_unless_waiting", lambda name, **_ids: woken.append(name))
    origin = "https://board.example"
    register_operator(name="board", connector="sandbox", origin=origin, watched_every_s=10, actor=SYSTEM)
    timekeeper = Timekeeper()
    for shift_s, expected in ((0, 1), (5, 1), (5, 2), (-3600, 3), (5, 3), (5, 4)):
        moving_clock.shift(timedelta(seconds=shift_s))
        timekeeper.tick()
        assert woken == ["haetae.arrival.watch"] * expected, shift_s


def _asked() -> UUID:
    sighting = register_sighting(
        page_url="https://a.example/1", media_url="https://a.example/1.jpg", source=Source.WATCH
    )
    request = request_deletion(
        sighting_id=sighting, assessment_id=open_assessment(sighting_id=sighting, reported=False)
    )
    assert request is not None
    return request


def _die() -> None:
    """As the database sees the end of a process that was killed: the line is cut, and nothing was committed."""
    connection.connection.pgconn.finish()
