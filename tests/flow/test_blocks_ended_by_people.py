"""A block is ended by a person before a decision: what may show a minor, and what was decided meanwhile, is not."""

from datetime import timedelta

import pytest
import time_machine
from board import Board
from doubt import REVIEWER, block_state, of_a_minor, refusals, waiting_tasks
from steps import wait
from work import do_all_jobs

from haetae.accounts.permissions import Role
from haetae.audit.actor import Actor
from haetae.flow.review.block.actions import lift_answered
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.models import BlockExtension
from haetae.flow.review.block.term.queries import may_be_judged_by_operator
from haetae.flow.review.block.term.states import Why
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.steps import terms
from haetae.flow.tasks.models import Task
from tests import people
from tests.commission import commission_decides, seat

pytestmark = pytest.mark.django_db
_PROTECTS = Role.CHILD_PROTECTION_REVIEWER


def test_what_may_show_a_minor_is_shown_before_a_decision_by_those_alone_who_protect_minors(
    hidden: ProvisionalBlock, moving_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(moving_clock, days=24)
    task = Task.objects.get(kind="block_ends")
    reviewer, protects = seat(people.REVIEWER, Role.REVIEWER), seat(people.CHILD_REVIEWER, _PROTECTS)
    with monkeypatch.context() as said:
        of_a_minor(said)
        with pytest.raises(CannotKeepError, match="minor_stays_hidden"):
            terms.end_by_task(task_id=task.pk, note="show it again", official_id=reviewer.pk)
        terms.lift_by_hand(hidden.pk, official_id=reviewer.pk)  # somebody said so after the task had ended
        do_all_jobs()
        assert (block_state(), sorted(waiting_tasks())) == ("hidden", ["block_ends", "review_late"])
        terms.end_by_task(task_id=task.pk, note="an adult, by the papers", official_id=protects.pk)
        do_all_jobs()
    assert block_state() == "lift_claimed"
    assert refusals() == [("restore", "minor_stays_hidden")] * 2


def test_what_is_decided_to_stay_hidden_is_not_shown_by_a_word_from_before(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    wait(moving_clock, days=24)
    task = Task.objects.get(kind="block_ends")
    terms.end_by_task(task_id=task.pk, note="show it again", official_id=REVIEWER)
    commission_decides(Review.objects.get().pk, decision=State.REMOVE, reason=Reason.NO_CONSENT)
    do_all_jobs()
    assert (board.restores, refusals()) == ([], [("restore", "hidden_by_decision")])


def test_a_word_that_a_minor_is_shown_still_counts_between_the_end_and_the_showing(
    board: Board,
    hidden: ProvisionalBlock,
    moving_clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moving_clock.shift(timedelta(days=31))
    terms.block_expires(hidden.pk)
    assert block_state() == "expired"
    of_a_minor(monkeypatch)
    do_all_jobs()
    assert (block_state(), board.restores) == ("claimed", [])
    assert BlockExtension.objects.get().why == Why.MINOR


def test_what_may_show_a_minor_is_left_to_no_operator(
    hidden: ProvisionalBlock, moving_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_a_minor(monkeypatch)
    with pytest.raises(CannotKeepError, match="minor_not_left_to_operators"):
        terms.ask_itself(review_id=Review.objects.get().pk, official_id=REVIEWER)
    wait(moving_clock, days=31)
    assert BlockExtension.objects.get().why == Why.MINOR
    assert not lift_answered(block_id=hidden.pk, actor=Actor(kind="operator", id=""))
    assert may_be_judged_by_operator([ProvisionalBlock.objects.get()]) == set()
    assert block_state() in {"claimed", "hidden"}
    assert refusals() == [("ask_itself", "minor_not_left_to_operators")]
