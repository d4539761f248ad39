"""What the machine cannot settle, worked off by a counsellor or an analyst."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError

from haetae.audit.models import Event
from haetae.common.ids import new_id
from haetae.flow.delivery.actions import begin_attempt, open_delivery, unfit
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.review.block.term.actions import remind
from haetae.flow.review.block.term.models import BlockExtension
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.flow.tasks.whose import THEIRS
from tests.web import sightings

NOTE = "Rang the operator; they will delete it today."


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _finish(browser, task: Task, **changed):
    sent = {"outcome": "handled", "note": NOTE, **changed}
    return browser.post(f"/console/tasks/{task.pk}/finish/", sent)


def test_an_empty_list_says_what_would_appear(counsellor):
    assert "Nothing waits for a person." in _page(counsellor.get("/console/tasks/"))


def test_tasks_come_oldest_first_with_why_since_when_and_where(counsellor):
    with time_machine.travel(datetime(2026, 11, 22, 2, 0, tzinfo=UTC), tick=False) as traveller:
        first = sightings.overdue(1, host="one.example")
        traveller.shift(timedelta(hours=3))
        second = sightings.overdue(2, host="two.example")
        page = _page(counsellor.get("/console/tasks/"))
    assert re.findall(r'id="t-([0-9a-f-]+)"', page) == [str(first.pk), str(second.pk)]
    assert "not removed in time" in page
    assert "3 h ago" in page
    assert "one.example" in page
    assert "it is no term of the law" in page


def test_tasks_of_one_kind_can_be_looked_at_alone(counsellor):
    sightings.overdue(1)
    sightings.contested(2, by=None)
    assert _page(counsellor.get("/console/tasks/")).count('id="t-') == 2
    page = _page(counsellor.get("/console/tasks/?kind=not_blocked"))
    assert page.count('id="t-') == 1
    assert "undecided, and everybody can see it" in page
    assert _page(counsellor.get("/console/tasks/?kind=nonsense")).count('id="t-') == 2


def test_a_task_is_ended_with_how_and_a_note(counsellor):
    task = sightings.overdue()
    answer = _finish(counsellor, task)
    assert answer.headers["Location"] == f"/console/tasks/{task.pk}/"
    task.refresh_from_db()
    assert (task.state, task.outcome, task.note) == ("done", "handled", NOTE)
    page = _page(counsellor.get(answer.headers["Location"]))
    assert "What follows now" in page
    assert NOTE in page
    assert 'name="outcome"' not in page
    assert NOTE not in str(list(Event.objects.values_list("facts", flat=True)))


def test_a_task_ended_twice_in_the_same_way_is_ended_once(counsellor):
    task = sightings.overdue()
    assert [_finish(counsellor, task).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(name="tasks.done").count() == 1


def test_a_task_that_somebody_else_ended_keeps_their_note_and_shows_mine(counsellor, regulator):
    task = sightings.overdue()
    _finish(regulator, task)
    answer = _finish(counsellor, task, note="I wrote to them instead.")
    assert answer.status_code == 409
    page = _page(answer)
    assert "This task has been ended already" in page
    assert "I wrote to them instead." in page
    task.refresh_from_db()
    assert task.note == NOTE


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"note": " x "}, "The note needs 3 to 2,000 characters."),
        ({"outcome": ""}, "Choose how it ends."),
        ({"outcome": "send_again"}, "Choose how it ends."),
        ({"outcome": "nonsense"}, "Choose how it ends."),
    ],
)
def test_what_is_not_taken_is_said_in_words_and_the_note_stays(counsellor, changed, words):
    task = sightings.overdue()
    answer = _finish(counsellor, task, **changed)
    assert answer.status_code == 422
    assert words in _page(answer)
    assert changed.get("note", NOTE) in answer.content.decode()
    task.refresh_from_db()
    assert task.state == "waiting"


def test_ending_a_block_is_for_reviewers_also_when_it_is_posted_directly(counsellor, control_room):
    sightings.contested()
    remind(block_id=ProvisionalBlock.objects.get().pk)
    task = Task.objects.get(kind="block_ends")
    page = _page(counsellor.get(f"/console/tasks/{task.pk}/"))
    assert re.search(r'value="restore" required disabled', page)
    answer = _finish(counsellor, task, outcome="restore")
    assert answer.status_code == 403
    assert "It belongs to: reviewer, child protection reviewer." in _page(answer)
    answer = _finish(counsellor, task, outcome="extend", why="safety")
    assert answer.status_code == 403
    assert "It belongs to: reviewer, child protection reviewer." in _page(answer)
    task.refresh_from_db()
    assert task.state == "waiting"
    assert _finish(control_room, task, outcome="restore").status_code == 302


def test_when_the_database_is_away_the_note_comes_back_to_be_sent_again(counsellor, monkeypatch):
    task = sightings.overdue()

    def away(**_):
        raise OperationalError("gone")

    monkeypatch.setattr("haetae.web.console.finishing.actions.finish_task", away)
    answer = _finish(counsellor, task)
    assert answer.status_code == 503
    assert NOTE in _page(answer)


def test_the_sighting_tells_of_its_tasks(counsellor):
    task = sightings.overdue()
    page = _page(counsellor.get(f"/console/sightings/{task.sighting_id}/"))
    assert f'href="/console/tasks/{task.pk}/"' in page


def test_a_notice_that_was_not_sent_says_what_it_lacks(counsellor):
    task = sightings.overdue()
    delivery = open_delivery(
        kind=Said.DELETE, subject_id=task.subject_id, sighting_id=task.sighting_id, operator=None
    )
    attempt = begin_attempt(delivery_id=delivery.pk)
    unfit(attempt_id=attempt.pk, code="notice_lacks_contact")
    unsent = Task.objects.get(kind="notice_unfit")
    page = _page(counsellor.get(f"/console/tasks/{unsent.pk}/"))
    assert "the notice may not go out" in page
    assert "It lacks a mailbox at which the agency is reached." in page
    assert "try again" in page


def test_extending_a_block_needs_a_reason_and_ends_its_task(control_room, reviewer):
    sightings.contested()
    block = ProvisionalBlock.objects.get()
    remind(block_id=block.pk)
    task = Task.objects.get(kind="block_ends")
    control_room.force_login(reviewer)
    answer = _finish(control_room, task, outcome="extend")
    assert answer.status_code == 422
    assert "Choose why it goes on." in _page(answer)
    assert _finish(control_room, task, outcome="extend", why="decision_near").status_code == 302
    assert _finish(control_room, task, outcome="extend", why="decision_near").status_code == 302, (
        "twice is once"
    )
    assert BlockExtension.objects.get().why == "decision_near"
    page = _page(control_room.get(f"/console/sightings/{task.sighting_id}/"))
    assert "extended by our own rule" in page
    assert "The block goes on beyond its term, for a reason" in page


def test_each_role_reads_what_is_its_own_work_and_every_kind_is_somebodys(
    counsellor, control_room, regulator
) -> None:
    assert frozenset().union(*THEIRS.values()) == frozenset(Kind)
    judge, late = Kind.JUDGE, Kind.REVIEW_LATE
    tasks = {kind: open_task(kind=kind, subject_id=new_id()).pk for kind in (judge, late, Kind.TERM_OVER)}
    seen = {
        name: {kind for kind, task in tasks.items() if str(task) in _page(browser.get("/console/tasks/"))}
        for name, browser in (("desk", counsellor), ("commission", control_room), ("regulator", regulator))
    }
    assert seen == {"desk": {judge, Kind.TERM_OVER}, "commission": {late}, "regulator": {Kind.TERM_OVER}}


def test_nobody_ends_what_is_on_the_list_of_others_also_when_it_is_posted_directly(counsellor, regulator):
    task = open_task(kind=Kind.JUDGE, subject_id=new_id())
    assert "You may read this, and others end it." in _page(regulator.get(f"/console/tasks/{task.pk}/"))
    answer = _finish(regulator, task, outcome="leave")
    assert answer.status_code == 403
    assert "on the list of others" in _page(answer)
    task.refresh_from_db()
    assert task.state == "waiting"
    assert _finish(counsellor, task, outcome="leave").status_code == 302
