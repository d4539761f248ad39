"""Whether an order was followed is seen by our own eyes: gone, still there after the day, or for people to find out."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from board import Board
from steps import found, happened, wait

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, State
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Answer, AnswerKind, Seen
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State as Request
from haetae.flow.review.models import Review
from haetae.flow.steps.enforcing import ask_commission
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind as Why
from tests.enforcement import issued, regulators

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(
    board: Board, coffee: bytes, make_known: Callable[..., None], moving_clock: time_machine.Traveller
) -> Operator:
    """An operator that says removed, while everybody can see it."""
    of = register_operator(name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM)
    make_known(coffee)
    board.picture, board.shown_now = coffee, coffee
    board.answers, board.sights = [Answer(kind=AnswerKind.REMOVED, reference="r-1")], [Seen.LIVE] * 2
    found()
    look_twice(moving_clock)
    assert newest().state == Request.OVERDUE, "its claim is proven false, and people have the task"
    return of


def look_twice(clock_: time_machine.Traveller) -> None:
    """What is due now, and the second look some seconds after the first."""
    for _ in range(2):
        wait(clock_, seconds=10)


def newest() -> DeletionRequest:
    request = DeletionRequest.objects.order_by("round").last()
    assert request is not None
    return request


def state(order_id: UUID) -> str:
    return CorrectiveOrder.objects.get(pk=order_id).state


def test_gone_before_the_day_is_followed_and_nobody_has_to_say_so(
    place: Operator, board: Board, moving_clock: time_machine.Traveller
) -> None:
    order_id = issued(place, ground=Ground.CLAIM_FALSE, items=[newest().pk])
    board.sights = [Seen.GONE] * 50
    wait(moving_clock, hours=2)  # one of the looks that go on after the claim
    look_twice(moving_clock)
    assert newest().state == Request.VERIFIED
    assert state(order_id) == State.COMPLIED
    assert not Deadline.objects.filter(subject_id=order_id, state="set").exists()


def test_seen_live_after_the_day_is_not_followed_and_gone_later_is_late(
    place: Operator, board: Board, moving_clock: time_machine.Traveller
) -> None:
    order_id = issued(place, ground=Ground.CLAIM_FALSE, items=[newest().pk])
    board.sights = [Seen.LIVE] * 50
    wait(moving_clock, hours=3)
    assert state(order_id) == State.ISSUED, "it is there, and its day has not come"
    wait(moving_clock, days=1)
    look_twice(moving_clock)
    assert state(order_id) == State.NOT_COMPLIED
    assert "orders.not_complied" in happened()
    board.sights = [Seen.GONE] * 50
    wait(moving_clock, days=7)
    look_twice(moving_clock)
    assert state(order_id) == State.COMPLIED


def test_what_our_eyes_cannot_tell_is_neither_and_people_are_called_once(
    place: Operator, board: Board, moving_clock: time_machine.Traveller
) -> None:
    order_id = issued(place, ground=Ground.CLAIM_FALSE, items=[newest().pk])
    board.sights = [Seen.UNKNOWN] * 200
    wait(moving_clock, days=1, hours=1)
    assert state(order_id) == State.ISSUED
    assert Task.objects.filter(subject_id=order_id, kind=Why.ORDER_UNCLEAR, state="waiting").count() == 1
    board.sights = [Seen.GONE] * 50
    wait(moving_clock, hours=7)
    look_twice(moving_clock)
    assert state(order_id) == State.COMPLIED
    assert not Task.objects.filter(subject_id=order_id, state="waiting").exists()


def test_the_regulator_asks_the_commission_and_the_law_gives_it_seven_days(
    place: Operator, moving_clock: time_machine.Traveller
) -> None:
    official = regulators()[0]
    first = ask_commission(request_id=newest().pk, agency="regulator", official_id=official.pk)
    again = ask_commission(request_id=newest().pk, agency="police", official_id=official.pk)
    assert first == again
    review = Review.objects.get()
    assert (review.because, review.asked_by) == ("asked", "regulator")
    due = Deadline.objects.filter(subject_id=review.pk, kind=Kind.DECIDE).order_by("due_at")
    assert [(one.basis, one.due_at - review.opened_at) for one in due if one.due_at] == [
        (Basis.POLICY, timedelta(days=1)),
        (Basis.LEGAL, timedelta(days=7)),
    ]
