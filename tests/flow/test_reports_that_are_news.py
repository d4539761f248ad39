"""A further report of a place: what it brings about, and who keeps their turn. Nobody who is shown is kept silent."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from board import PAGE, Board
from doubt import MakeKnown
from work import do_all_jobs

from haetae.accounts.permissions import Role
from haetae.audit.models import Event
from haetae.flow import next_step
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.states import Depicted
from haetae.flow.assessment.models import Assessment
from haetae.flow.by_hand.actions import ask_to_end, end_mark, mark_place
from haetae.flow.by_hand.states import EndGround, Ground
from haetae.flow.steps.people import call_a_person
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.story.pictures import photo
from tests import people
from tests.commission import seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def harmless(board: Board, coffee: bytes) -> None:
    board.picture = coffee


def report(depicted: Depicted = Depicted.UNSAID) -> None:
    receive_report(link=PAGE, form_key=uuid4(), depicted=depicted)
    do_all_jobs()


def states() -> list[str]:
    return [one.state for one in Assessment.objects.order_by("round")]


def left_alone_by_a_person() -> None:
    reviewer = seat(people.REVIEWER, Role.REVIEWER)
    task = Task.objects.get(state="waiting")
    finish_task(task_id=task.pk, outcome=Outcome.LEAVE, note="Nothing to see.", official_id=reviewer.pk)
    do_all_jobs()


def test_who_says_the_same_while_it_waits_brings_nothing_new_and_puts_nothing_off(
    moving_clock: time_machine.Traveller,
) -> None:
    report()
    (first,) = Task.objects.all()
    for _ in range(5):
        moving_clock.shift(timedelta(minutes=1))
        report()
    assert states() == ["review"]
    assert [(one.pk, one.opened_at) for one in Task.objects.all()] == [(first.pk, first.opened_at)]


def test_after_an_hour_another_picture_may_lie_there_and_the_question_keeps_its_turn(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    """Who puts something known where something harmless was reported has won an hour and no more."""
    rocket = photo("rocket")
    report()
    asked_at = Task.objects.get().opened_at
    moving_clock.shift(timedelta(hours=1))
    report()
    assert states() == ["review", "review"]
    assert Task.objects.get(state="waiting").opened_at == asked_at
    make_known(rocket)
    board.picture = rocket
    moving_clock.shift(timedelta(hours=1))
    report()
    assert states()[-1] == "request"
    assert len(board.orders) == 1


def test_whoever_is_in_it_is_heard_at_once() -> None:
    report()
    report(Depicted.ME)
    assert [one.for_depicted for one in Assessment.objects.order_by("round")] == [False, True]


def test_once_a_person_has_judged_it_the_next_report_asks_anew() -> None:
    report()
    left_alone_by_a_person()
    report()
    assert states() == ["review", "review"]
    assert Task.objects.filter(state="waiting").count() == 1


def test_a_report_between_an_examination_and_its_task_leaves_one_task() -> None:
    late: list[Event] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(next_step, "FOLLOWS", {**next_step.FOLLOWS, "assessment.review": late.append})
        report()
    (event,) = late
    report(Depicted.ME)
    (task,) = Task.objects.all()
    call_a_person(event)
    assert list(Task.objects.all()) == [task], (
        "the newer examination has asked, and the older one asks no more"
    )


def test_where_a_mark_held_back_what_was_to_be_asked_for_a_later_report_is_heard(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    """Also after a person has left it: the verdict of then silences nobody."""
    make_known(coffee)
    first, second = (seat(one, Role.REVIEWER).pk for one in (people.REVIEWER, people.CHILD_REVIEWER))
    marks = []

    def mark_once_it_is_decided(_job: str) -> None:
        if not marks and Assessment.objects.filter(state="request").exists():
            marks.append(
                mark_place(typed=PAGE, ground=Ground.PUBLIC_OFFICE, reference="2026-7", official_id=first)
            )

    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs(before_each=mark_once_it_is_decided)
    assert (states(), board.orders) == (["request"], [])
    report()
    assert states() == ["request"], "a person is asked already"
    left_alone_by_a_person()
    report()
    assert states() == ["request", "review"], "while it is marked, by a person"
    ask_to_end(mark_id=marks[0], ground=EndGround.MISTAKEN, official_id=first)
    end_mark(mark_id=marks[0], official_id=second)
    report()
    assert states() == ["request", "review", "request"]
    assert len(board.orders) == 1


def test_what_can_never_be_seen_stays_with_people_whoever_reports_it_again(
    board: Board, moving_clock: time_machine.Traveller
) -> None:
    board.picture = b"\xff\xd8\xff\xe0 this only begins like a JPEG"
    report()
    for _ in range(6):
        moving_clock.shift(timedelta(hours=7))
        do_all_jobs()
    (task,) = Task.objects.filter(state="waiting")
    moving_clock.shift(timedelta(hours=2))
    report()
    (now,) = Task.objects.filter(state="waiting")
    assert now.opened_at == task.opened_at
    assert Assessment.objects.latest("round").state == "undetermined"
