"""What is hidden for now: by whom, seen and seen by our own eyes. Their ends: test_blocks_end.py."""

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
from work import do_all_jobs

from haetae.accounts.actions import delegate_block, end_block_delegation, register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import NoChannelError, Seen
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
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
