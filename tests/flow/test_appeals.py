"""Whoever posted it objects: decided by the regulator's side, put back or not, and seen by us."""

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import HIDDEN, MakeKnown, block_state, decide, see, unsure, waiting_tasks
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.connectors.base import Answer, AnswerKind, NoChannelError, Seen
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Delivery
from haetae.flow.removal.actions import operator_answered
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State as Reviewed
from haetae.hashbank.models import KnownPicture
from haetae.operators.appeals.actions import (
    AppealRefusedError,
    change_appeal,
    file_appeal,
    forget_statement,
    withdraw_appeal,
)
from haetae.operators.appeals.figures import figures
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.rules import MOST_CHANGES, Ground
from tests.commission import commission_decides

pytestmark = pytest.mark.django_db

TEXT = "It is a photo of a cup of coffee that I took myself, for a page about breakfast."
PINNED = Answer(kind=AnswerKind.BLOCKED, blocked=True)


def removed(board: Board, picture: bytes, make_known: MakeKnown, clock_: time_machine.Traveller) -> None:
    """Deleted by the operator, and seen gone twice."""
    board.picture = picture
    make_known(picture)
    found()
    see(clock_)
    assert request_state() == "verified"


def objects(ground: Ground = Ground.LAWFUL, *, text: str = TEXT) -> Appeal:
    newest = DeletionRequest.objects.order_by("round").last()
    assert newest is not None
    appeal_id = file_appeal(request_id=newest.pk, ground=ground, statement=text)
    do_all_jobs()
    return Appeal.objects.get(pk=appeal_id)


def why_not(**changed: object) -> str:
    with pytest.raises(AppealRefusedError) as refused:
        objects(**changed)  # type: ignore[arg-type]
    return refused.value.why


def test_removed_objected_to_found_lawful_put_back_and_seen_back(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    appeal, review = objects(), Review.objects.get()
    assert (appeal.state, appeal.review_id, review.because) == ("under_review", review.pk, "appeal")
    due = Deadline.objects.get(subject_id=review.pk, kind="decide")
    assert (due.basis, due.state) == ("policy", "set")
    board.sights = [Seen.LIVE] * 2
    decide(Reviewed.NOT_HARMFUL, Reason.LAWFUL)
    appeal.refresh_from_db()
    assert (request_state(), appeal.state, block_state()) == ("not_harmful", "upheld", "lift_claimed")
    assert [order.notice["content"]["ground"] for order in board.restores] == ["not_harmful"]
    assert not KnownPicture.objects.filter(disputed_at=None).exists(), "what called it known acts no more"
    see(moving_clock)
    assert block_state() == "restored"
    assert board.orders[0].key != board.restores[0].key
    assert len(board.orders) == 1, "nobody asks for it again"
    counted = figures()
    assert (counted.filed, counted.upheld, counted.wrongful_removals, counted.restored) == (1, 1, 1, 1)
    assert counted.restoration_median is not None


def test_an_objection_that_is_rejected_changes_nothing_and_costs_nobody_a_second_request(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    appeal = objects()
    decide(Reviewed.REMOVE, Reason.NO_CONSENT)
    appeal.refresh_from_db()
    assert (request_state(), appeal.state) == ("verified", "rejected")
    assert (len(board.orders), board.restores) == (1, [])
    rows = Deadline.objects.filter(subject_id=appeal.pk, kind="dispute").order_by("basis")
    assert [(row.basis, row.source) for row in rows] == [("legal", "ict 44-12"), ("policy", "haetae")]
    assert why_not(text=TEXT + " Again.") == "filed_already"
    wait(moving_clock, days=61)
    appeal.refresh_from_db()
    assert (appeal.statement, appeal.ground) == ("", "lawful"), "what was written goes, and the figures stay"
    assert figures().wrongful_removals == 0


def test_while_it_is_said_to_be_deleted_an_objection_outlives_the_proof_that_it_is_gone(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    assert request_state() == "claimed"
    objects()
    see(moving_clock)
    assert request_state() == "verified"
    assert Review.objects.get().state == "open", "it is gone, and just that is contested"
    decide(Reviewed.NOT_HARMFUL, Reason.LAWFUL)
    assert (request_state(), len(board.restores)) == ("not_harmful", 1)


def test_what_is_hidden_for_good_is_shown_again_although_no_term_ran(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known, answer=PINNED)
    assert request_state() == "access_blocked"
    assert Review.objects.get().because == "hidden_only"
    appeal = objects()
    assert Review.objects.count() == 1, "one review of a place at a time decides about both"
    decide(Reviewed.NOT_HARMFUL, Reason.MISTAKEN)
    appeal.refresh_from_db()
    assert (appeal.state, request_state(), block_state()) == ("upheld", "not_harmful", "lift_claimed")


def test_what_an_operator_cannot_put_back_is_said_and_a_person_is_told(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    board.block_failures = [NoChannelError("already_removed", "It cannot come back.")]
    objects()
    decide(Reviewed.NOT_HARMFUL, Reason.LAWFUL)
    see(moving_clock)
    assert block_state() == "not_back"
    assert waiting_tasks() == ["no_channel"]
    assert (figures().upheld, figures().restored, figures().restoration_median) == (1, 0, None)


@pytest.mark.parametrize("answer", [HIDDEN, PINNED])
def test_another_open_case_with_the_same_picture_keeps_it_away(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller, answer: Answer
) -> None:
    removed(board, coffee, make_known, moving_clock)
    appeal_id = objects().pk
    board.answers = [answer]
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    review = Appeal.objects.get(pk=appeal_id).review_id
    decided = {"decision": Reviewed.NOT_HARMFUL, "reason": Reason.LAWFUL, "statement": TEXT}
    commission_decides(review, **decided)
    do_all_jobs()
    first = ProvisionalBlock.objects.get(request=Appeal.objects.get().request)
    assert (first.state, board.restores) == ("kept", [])
    if answer is HIDDEN:
        decide(Reviewed.NOT_HARMFUL, Reason.LAWFUL)
    else:
        wait(moving_clock, days=30, seconds=1)
    first.refresh_from_db()
    assert first.state == "lift_claimed", (
        "and comes back when that one ends, or after a month although it goes on"
    )


def test_taken_back_the_review_for_it_ends_and_what_was_written_goes(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    appeal = objects()
    for _ in range(2):
        withdraw_appeal(appeal_id=appeal.pk)
        do_all_jobs()
    appeal.refresh_from_db()
    assert (appeal.state, appeal.statement, Review.objects.get().state) == ("withdrawn", "", "moot")
    assert happened().count("appeals.withdrawn") == 1


def test_a_review_that_has_other_reasons_goes_on_without_the_objection(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    withdraw_appeal(appeal_id=objects().pk)
    do_all_jobs()
    assert Review.objects.get().state == "open"


@pytest.mark.parametrize("word", [AnswerKind.REFUSED, AnswerKind.UNSURE])
def test_an_operator_that_says_no_meanwhile_does_not_lose_its_review_to_an_objection_that_is_taken_back(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller, word: AnswerKind
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 4
    make_known(coffee)
    found()
    appeal = objects()
    see(moving_clock)
    assert request_state() == "overdue", "its claim was false"
    request = DeletionRequest.objects.get()
    operator_answered(request_id=request.pk, answer=State(word), blocked=True, actor=SYSTEM)
    do_all_jobs()
    assert request_state() == word
    assert ProvisionalBlock.objects.count() == (word is AnswerKind.UNSURE), "nobody sees it until then"
    withdraw_appeal(appeal_id=appeal.pk)
    do_all_jobs()
    review = Review.objects.get()
    assert (review.state, review.because) == ("open", word)


def test_the_text_may_change_until_it_is_decided_but_not_for_ever(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    appeal = objects()
    for number in range(MOST_CHANGES):
        change_appeal(appeal_id=appeal.pk, ground=Ground.OTHER, statement=f"{TEXT} {number}")
    with pytest.raises(AppealRefusedError, match="too_many"):
        change_appeal(appeal_id=appeal.pk, ground=Ground.OTHER, statement=TEXT)
    forget_statement(appeal_id=appeal.pk)
    appeal.refresh_from_db()
    assert appeal.statement.endswith("19"), "nothing is forgotten while it is undecided"
    decide(Reviewed.REMOVE, Reason.NO_CONSENT)
    for act in (
        lambda: change_appeal(appeal_id=appeal.pk, ground=Ground.OTHER, statement=TEXT),
        lambda: withdraw_appeal(appeal_id=appeal.pk),
    ):
        with pytest.raises(AppealRefusedError, match="decided"):
            act()


def test_when_an_objection_is_not_taken_and_why(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.answers = [Answer(kind=AnswerKind.RECEIVED)]
    unsure(board, coffee, make_known, answer=Answer(kind=AnswerKind.RECEIVED))
    assert why_not() == "nothing_done"
    board.known_answer = Answer(kind=AnswerKind.REMOVED)
    wait(moving_clock, hours=2)
    see(moving_clock)
    assert why_not(text="short") == "statement_length"
    assert why_not(text="x" * 4001) == "statement_length"
    moving_clock.shift(60 * 60 * 24 * 190)
    assert why_not() == "over", "six months, and not a day of it less"


def test_sent_twice_at_once_it_is_one_and_a_killed_worker_loses_nothing(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    removed(board, coffee, make_known, moving_clock)
    request = DeletionRequest.objects.get()
    filed = {file_appeal(request_id=request.pk, ground=Ground.LAWFUL, statement=TEXT) for _ in range(2)}
    assert (len(filed), Appeal.objects.get().state) == (1, "filed")
    from haetae.flow.next_step import next_step

    event = Event.objects.get(name="appeals.filed")
    for _ in range(2):  # the first worker was killed after its step: another takes it once more
        next_step(event.pk)
    do_all_jobs()
    assert (Review.objects.count(), happened().count("appeals.under_review")) == (1, 1)


def test_a_decision_before_which_the_poster_was_heard_is_not_heard_again(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    objects()
    moving_clock.shift(1)
    decide(Reviewed.REMOVE, Reason.NO_CONSENT)
    assert DeletionRequest.objects.order_by("round").last().state == "claimed"
    assert why_not() == "heard"


def test_what_was_written_lies_sealed_and_stands_in_no_record(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    from django.db import connection

    removed(board, coffee, make_known, moving_clock)
    objects(text="a sentence with the word breakfastsecret in it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM appeals_appeal")
        assert b"breakfastsecret" not in bytes(cursor.fetchone()[0])
    told = [str(event.facts) for event in Event.objects.all()]
    told += [delivery.notice or "" for delivery in Delivery.objects.all()]
    assert not [words for words in told if "breakfastsecret" in words]
