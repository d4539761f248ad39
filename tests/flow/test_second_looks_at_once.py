"""A second look that waits, and two who come at the same moment."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connections, transaction

from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.tasks.actions import bar_from_second, finish_task, open_second, open_task
from haetae.flow.tasks.models import Bar, Task
from haetae.flow.tasks.states import Kind, Outcome
from haetae.flow.urgency import Urgency


def second_look() -> Task:
    task = open_second(
        subject_id=new_id(),
        sighting_id=new_id(),
        urgency=Urgency(),
        since=clock.now(),
        not_by=[],
    )
    assert task is not None
    return task


def both(*acts: Callable[[], object]) -> None:
    """Side by side, each with a connection of its own; raises what either raised."""

    def on_its_own(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(on_its_own, act) for act in acts]:
            done.result()


def test_an_answer_is_kept_when_the_place_is_to_be_judged_anew_at_that_moment(several_at_once: None) -> None:
    task, official, answered = second_look(), new_id(), threading.Event()

    def answer() -> None:
        with transaction.atomic():
            finish_task(task_id=task.pk, outcome=Outcome.LEAVE, note="Seen.", official_id=official)
            answered.set()
            time.sleep(0.5)

    def judge_anew() -> None:
        answered.wait()
        open_task(kind=Kind.JUDGE, subject_id=task.subject_id, sighting_id=task.sighting_id)

    both(answer, judge_anew)
    task.refresh_from_db()
    assert (task.state, task.outcome, task.ended_by) == ("done", Outcome.LEAVE, official)
    assert Task.objects.filter(subject_id=task.subject_id, state="waiting", second=False).count() == 1


def test_a_page_that_is_opened_twice_at_once_bars_its_reader_once(several_at_once: None) -> None:
    task, reader = second_look(), new_id()
    assert isinstance(task.sighting_id, UUID)
    place, gate = task.sighting_id, threading.Barrier(4)

    def read() -> None:
        with transaction.atomic():
            gate.wait()
            bar_from_second(sighting_id=place, official_id=reader)
            time.sleep(0.1)

    both(*[read] * 4)
    assert Bar.objects.filter(task=task, official_id=reader).count() == 1
