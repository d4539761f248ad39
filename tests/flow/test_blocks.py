"""What is hidden for now: by whom, seen by our own eyes, and a term that never ends in silence."""

from datetime import timedelta

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import (
    HIDDEN,
    REVIEWER,
    SHOWN,
    MakeKnown,
    block_state,
    decide,
    see,
    unsure,
    waiting_tasks,
)
from steps import happened, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import delegate_block, end_block_delegation, register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import NoChannelError, Seen
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.deadlines.models import Deadline
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from tests.commission import commission_decides

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def test_another_open_case_with_the_same_picture_keeps_it_hidden(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [HIDDEN]
    moving_clock.shift(timedelta(seconds=1))
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    first, second = Review.objects.order_by("opened_at")
    for review, expected in ((first, ["kept", "claimed"]), (second, ["lift_claimed", "lift_claimed"])):
        commission_decides(review.pk, decision=State.NOT_HARMFUL, reason=Reason.LAWFUL)
        do_all_jobs()
        blocks = ProvisionalBlock.objects.order_by("begun_at")
        assert [block.state for block in blocks] == expected
    assert len(board.restores) == 2


def test_under_its_delegation_we_hide_it_in_the_operators_name(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    delegate_block(operator=operator, reference="agreement-7", since=clock.now().date(), actor=SYSTEM)
    unsure(board, coffee, make_known, answer=SHOWN)
    assert block_state() == "claimed"
    assert (len(board.blocks), ProvisionalBlock.objects.get().by) == (1, "us")
    see(moving_clock)
    assert block_state() == "hidden"


@pytest.mark.parametrize("delegation", ["none", "ended", "not yet"])
def test_without_a_delegation_in_force_we_hide_nothing_and_a_person_is_called(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
    delegation: str,
) -> None:
    today = clock.now().date()
    if delegation != "none":
        since = today + timedelta(days=2 if delegation == "not yet" else -9)
        delegate_block(operator=operator, reference="agreement-7", since=since, actor=SYSTEM)
    if delegation == "ended":
        assert end_block_delegation(operator=operator, last_day=today - timedelta(days=2), actor=SYSTEM)
    unsure(board, coffee, make_known, answer=SHOWN)
    assert (block_state(), board.blocks) == ("not_done", [])
    assert waiting_tasks() == ["not_blocked"]
    assert Review.objects.get().state == "open"


def test_a_block_that_nobody_can_make_is_a_persons_task(
    board: Board, coffee: bytes, make_known: MakeKnown, operator: Operator
) -> None:
    delegate_block(operator=operator, reference="agreement-7", since=clock.now().date(), actor=SYSTEM)
    board.block_failures = [NoChannelError("no_channel", "no way")]
    unsure(board, coffee, make_known, answer=SHOWN)
    assert block_state() == "not_done"
    assert waiting_tasks() == ["no_channel"], "one reason, one task"
    finish_task(
        task_id=Task.objects.get().pk,
        outcome=Outcome.SEND_AGAIN,
        note="they have one now",
        official_id=REVIEWER,
    )
    do_all_jobs()
    assert block_state() == "claimed"


def test_hidden_in_words_only_is_seen_and_given_to_people(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.sights = [Seen.LIVE] * 2
    see(moving_clock)
    assert (block_state(), waiting_tasks()) == ("not_done", ["not_blocked"])


def test_the_term_of_a_block_never_ends_in_silence(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    ends = Deadline.objects.get(kind="block_ends")
    assert (ends.basis, ends.source) == ("legal", "ict 44-2(4)")
    wait(moving_clock, hours=24)
    assert (Review.objects.get().state, waiting_tasks()) == ("late", ["review_late"])
    wait(moving_clock, days=22)
    assert "block_ends" in waiting_tasks(), "people are told a week before"
    assert block_state() == "hidden"
    wait(moving_clock, days=7)
    assert block_state() == "expired"
    assert "review.block_expired" in happened()
    assert "block_ends" in waiting_tasks()
    assert board.restores == [], "nothing is shown again by a clock"


def test_a_person_ends_a_block_whose_term_is_over(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    wait(moving_clock, days=31)
    task = Task.objects.get(kind="block_ends")
    finish_task(task_id=task.pk, outcome=Outcome.RESTORE, note="no quorum this month", official_id=REVIEWER)
    do_all_jobs()
    board.sights = [Seen.LIVE] * 2
    see(moving_clock)
    assert block_state() == "restored"
    assert Review.objects.get().state == "late", "ending the block decides nothing"


def test_decided_after_the_term_still_counts(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    wait(moving_clock, days=31)
    decide(State.REMOVE, Reason.MANIPULATED)
    see(moving_clock)
    assert (request_state(), block_state(), waiting_tasks()) == ("verified", "ended", [])


def test_shown_again_in_words_only_is_given_to_people(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    decide(State.NOT_HARMFUL, Reason.MISTAKEN)
    see(moving_clock)
    assert (block_state(), waiting_tasks()) == ("not_back", ["not_restored"])


def test_what_was_never_hidden_and_cannot_be_shown_again_is_seen_and_troubles_nobody(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known, answer=SHOWN)
    board.block_failures, board.sights = [NoChannelError("no_channel", "no way")], [Seen.LIVE] * 2
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    see(moving_clock)
    assert (block_state(), waiting_tasks()) == ("restored", [])
