"""An operator that is unsure: hidden for now, decided by a reviewer, removed, kept hidden, or shown again."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import ANOTHER, HIDDEN, REVIEWER, SHOWN, MakeKnown, block_state, decide, see, unsure, waiting_tasks
from steps import happened, request_state, wait
from work import do_all_jobs

from haetae.connectors.base import Answer, AnswerKind, Seen
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.deadlines.models import Deadline
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import REASONS, Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import CannotFinishError, finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.hashbank.models import KnownPicture

pytestmark = pytest.mark.django_db


def test_unsure_hides_it_opens_a_review_and_is_seen_hidden(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    assert (request_state(), block_state()) == ("unsure", "claimed")
    see(moving_clock)
    assert block_state() == "hidden"
    assert request_state() == "unsure", "what is hidden looks like what is gone, and is not"
    assert Review.objects.get().state == "open"
    assert waiting_tasks() == []


def test_decided_to_remove_the_operator_gets_the_decision_and_the_end_is_proven(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    assert decide(State.REMOVE, Reason.NO_CONSENT) is State.REMOVE
    assert [row.state for row in DeletionRequest.objects.order_by("round")] == ["superseded", "claimed"]
    assert board.orders[1].notice["decision"]["ordered"] == "remove"
    assert board.orders[0].key != board.orders[1].key, "a decision is another request"
    see(moving_clock)
    assert (request_state(), block_state()) == ("verified", "ended")
    assert not Deadline.objects.filter(kind__in=["block_ends", "block_reminder"], state="set").exists()
    decided = KnownPicture.objects.get(list_id="decided")
    assert (decided.tier, bool(decided.pdq)) == (4, True), "known from now on, wherever it appears"


def test_decided_not_harmful_it_is_shown_again_and_seen_back(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    board.sights = [Seen.LIVE] * 2
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    assert (request_state(), block_state()) == ("not_harmful", "lift_claimed")
    assert len(board.restores) == 1
    see(moving_clock)
    assert block_state() == "restored"
    assert KnownPicture.objects.get().disputed_at is not None, "what called it known acts by itself no more"


def test_what_was_decided_not_harmful_is_not_asked_for_again_by_a_machine(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    assert len(board.orders) == 1
    assert DeletionRequest.objects.count() == 1


def test_a_person_may_object_once_to_what_may_stay(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.sights = [Seen.LIVE] * 2
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    for _ in range(2):
        moving_clock.shift(timedelta(hours=1))
        receive_report(link=PAGE, form_key=uuid4())
        do_all_jobs()
    assert list(Review.objects.order_by("opened_at").values_list("because", "state")) == [
        ("unsure", "not_harmful"),
        ("objection", "open"),
    ]
    decide(State.REMOVE, Reason.MINOR)
    assert board.orders[-1].notice["decision"]["ordered"] == "remove"


def test_decided_to_block_access_it_stays_hidden_and_is_never_called_removed(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [Answer(kind=AnswerKind.BLOCKED, blocked=True)]
    decide(State.BLOCK_ACCESS, Reason.OUT_OF_REACH)
    assert (request_state(), block_state()) == ("access_blocked", "lasting")
    see(moving_clock)
    assert request_state() == "access_blocked"
    wait(moving_clock, days=60)
    assert block_state() == "lasting", "a decision has no term"
    assert "removal.verified" not in happened()


def test_blocked_for_good_and_seen_by_everybody_is_a_false_word(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [Answer(kind=AnswerKind.BLOCKED, blocked=True)]
    see(moving_clock)
    board.sights = [Seen.LIVE] * 2
    decide(State.BLOCK_ACCESS, Reason.OUT_OF_REACH)
    see(moving_clock)
    assert request_state() == "overdue"
    assert "claim_false" in waiting_tasks()


def test_a_refusal_is_reviewed_and_a_quiet_deletion_is_seen(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known, answer=Answer(kind=AnswerKind.REFUSED, reason="not_convinced"))
    assert (request_state(), Review.objects.get().because) == ("refused", "refused")
    assert not ProvisionalBlock.objects.exists(), "who refuses has not asked for a block"
    see(moving_clock)
    assert (request_state(), Review.objects.get().state) == ("verified", "moot")


def test_a_refusal_overruled_is_ordered(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.sights = [Seen.LIVE] * 2
    unsure(board, coffee, make_known, answer=Answer(kind=AnswerKind.REFUSED, reason="not_convinced"))
    see(moving_clock)
    decide(State.REMOVE, Reason.NO_CONSENT)
    see(moving_clock)
    assert request_state() == "verified"


def test_an_operator_unsure_about_a_decision_is_reviewed_anew_and_asked_no_faster(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [HIDDEN]
    moving_clock.shift(timedelta(seconds=1))
    decide(State.REMOVE, Reason.NO_CONSENT)
    assert request_state() == "unsure"
    assert len(board.orders) == 2
    assert Review.objects.filter(state="open").count() == 1


def test_every_decision_has_reasons_of_its_own() -> None:
    assert set(REASONS) == {State.REMOVE, State.BLOCK_ACCESS, State.NOT_HARMFUL}
    assert not REASONS[State.REMOVE] & REASONS[State.NOT_HARMFUL]


def test_a_task_ends_once_and_only_as_it_may(board: Board, coffee: bytes, make_known: MakeKnown) -> None:
    unsure(board, coffee, make_known, answer=SHOWN)
    task = Task.objects.get()
    for outcome, note, code in (
        (Outcome.SEND_AGAIN, "a note", "outcome_does_not_fit"),
        (Outcome.HANDLED, "  ", "note_length"),
    ):
        with pytest.raises(CannotFinishError, match=code):
            finish_task(task_id=task.pk, outcome=outcome, note=note, official_id=REVIEWER)
    finish_task(task_id=task.pk, outcome=Outcome.HANDLED, note="telephoned them", official_id=REVIEWER)
    with pytest.raises(CannotFinishError, match="task_over"):
        finish_task(task_id=task.pk, outcome=Outcome.HANDLED, note="again", official_id=ANOTHER)
    assert Sighting.objects.get().pk == task.sighting_id
