"""No, do not know, silence, a lost reply, and being down: each has its own way on."""

from collections.abc import Callable

import pytest
import time_machine
from board import Board
from steps import PHOTOS, found, happened, request_state, wait

from haetae.connectors.base import Answer, AnswerKind, Seen, UnreachableError
from haetae.flow.delivery.models import Delivery
from haetae.flow.removal.jobs import send
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.verification.models import Probe, Sight
from haetae.story.pictures import known_original

pytestmark = pytest.mark.django_db

MakeKnown = Callable[..., None]


@pytest.mark.parametrize(
    ("answer", "state"), [(AnswerKind.REFUSED, "refused"), (AnswerKind.UNSURE, "unsure")]
)
def test_a_no_and_a_do_not_know_are_states_of_their_own(
    board: Board, coffee: bytes, make_known: MakeKnown, answer: AnswerKind, state: str
) -> None:
    board.picture, board.answers = coffee, [Answer(kind=answer, reason="not_convinced")]
    make_known(coffee)
    found()
    assert request_state() == state
    assert DeletionRequest.objects.get().operator_reason == "not_convinced"
    assert Review.objects.get().because == state, "the regulator's side decides"
    assert Probe.objects.exists() == (state == "refused"), "what was refused may go without a word"


def test_an_operator_that_is_down_is_asked_again_under_the_same_key(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [
        UnreachableError("network_connect", "down"),
        UnreachableError("http_503", "busy", retry_after_s=30),
    ]
    make_known(coffee)
    found()
    assert request_state() == "requested"
    wait(moving_clock, seconds=6)
    wait(moving_clock, seconds=72)
    assert request_state() == "claimed"
    assert len({order.key for order in board.orders}) == 1
    assert len(board.orders) == 3
    assert board.status_questions == 0, "nothing had arrived, so there was nothing to ask about"


def test_a_lost_reply_is_asked_about_before_anything_is_sent_again(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [UnreachableError("network_timeout", "no reply", sent=True)]
    board.known_answer = Answer(kind=AnswerKind.REMOVED, reference="r-7")
    make_known(coffee)
    found()
    wait(moving_clock, seconds=6)
    assert request_state() == "claimed"
    assert len(board.orders) == 1
    assert board.status_questions == 1


def test_a_silent_operator_is_overdue_when_the_target_passes(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [Answer(kind=AnswerKind.RECEIVED, reference="r-1")]
    board.known_answer = Answer(kind=AnswerKind.RECEIVED)
    make_known(coffee)
    found()
    assert request_state() == "sent"
    wait(moving_clock, seconds=5)
    wait(moving_clock, hours=23, minutes=59, seconds=54)
    assert request_state() == "sent"
    wait(moving_clock, seconds=1)
    assert request_state() == "overdue"
    assert board.status_questions > 1


def test_an_operator_that_was_down_for_a_day_is_still_asked_and_may_still_delete(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    down = UnreachableError("network_connect", "down")
    board.picture, board.answers = coffee, [down] * 8
    make_known(coffee)
    found()
    for _ in range(25):
        wait(moving_clock, hours=1)
    assert request_state() == "overdue"
    for _ in range(35):  # the eight pauses are 32 hours, a fifth more or less by chance; then we look twice
        wait(moving_clock, hours=1)
    assert request_state() == "verified"
    assert len({order.key for order in board.orders}) == 1


def test_an_operator_that_decides_late_is_heard(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.RECEIVED)]
    board.known_answer = Answer(kind=AnswerKind.RECEIVED)
    make_known(coffee)
    found()
    for _ in range(30):
        wait(moving_clock, hours=1)
    assert request_state() == "overdue"
    board.known_answer = Answer(kind=AnswerKind.REMOVED)
    for _ in range(30):
        wait(moving_clock, hours=1)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"


def test_a_sender_that_wakes_up_after_a_false_claim_does_not_ask_again(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 2
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert request_state() == "overdue"
    send.func(delivery_id=str(Delivery.objects.get().pk))
    assert request_state() == "overdue"
    assert len(board.orders) == 1


@pytest.mark.parametrize("placeholder", ["rocket", "not a picture"])
def test_a_placeholder_in_its_place_is_neither_gone_nor_a_lie(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    moving_clock: time_machine.Traveller,
    placeholder: str,
) -> None:
    photo_ = PHOTOS / f"{placeholder}.jpg"
    board.picture, board.sights = coffee, [Seen.LIVE]
    board.shown_now = photo_.read_bytes() if photo_.exists() else b"\xff\xd8\xff nothing to see"
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    assert request_state() == "claimed"
    assert Sight.objects.get().media_why == "another_picture"


def test_the_same_picture_saved_again_is_still_there(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 2
    board.shown_now = known_original(coffee, share=0.7).copy
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert request_state() == "overdue"
    assert "removal.claim_false" in happened()


def test_an_operator_that_lost_the_request_gets_it_again_under_the_same_key(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.RECEIVED)]
    make_known(coffee)
    found()
    wait(moving_clock, seconds=5)
    assert request_state() == "claimed"
    assert len(board.orders) == 2
    assert len({order.key for order in board.orders}) == 1


def test_a_late_claim_that_cannot_be_proven_comes_back_to_people(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.RECEIVED)]
    board.known_answer = Answer(kind=AnswerKind.RECEIVED)
    make_known(coffee)
    found()
    for _ in range(25):
        wait(moving_clock, hours=1)
    assert request_state() == "overdue"
    board.known_answer = Answer(kind=AnswerKind.REMOVED)
    board.sights = [Seen.UNKNOWN] * 500
    for _ in range(24):
        wait(moving_clock, hours=1)
    assert request_state() == "claimed"
    for _ in range(24):
        wait(moving_clock, hours=1)
    assert request_state() == "overdue"
