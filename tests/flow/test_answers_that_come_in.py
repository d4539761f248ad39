"""An operator answers at a door of ours: what it says is checked, recorded and taken, once."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from board import Board
from steps import found, happened, request_state
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Answer, AnswerKind
from haetae.flow.delivery.models import Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.answers.actions import note_stranger, take_answer
from haetae.operators.answers.models import Inbound, Knock
from haetae.operators.answers.rules import Outcome, Reason, Said, Way, Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def asked(
    operator: Operator, board: Board, coffee: bytes, make_known: Callable[..., None]
) -> DeletionRequest:
    """A request that the operator has, and has not decided."""
    board.picture = coffee
    board.answers = [Answer(kind=AnswerKind.RECEIVED)]
    board.known_answer = Answer(kind=AnswerKind.RECEIVED)
    make_known(coffee)
    found()
    assert request_state() == "sent"
    return DeletionRequest.objects.get()


def say(
    asked: DeletionRequest, word: Word, *, by: UUID | None = None, message_id: str = "", **more: object
) -> Outcome:
    operator_id = by or asked.sighting.operator_id
    assert operator_id is not None
    said = Said(word=word, **more)  # type: ignore[arg-type]
    return take_answer(
        operator_id=operator_id, request_id=asked.pk, said=said, way=Way.API, message_id=message_id
    )


def test_removed_is_a_claim_and_we_look(asked: DeletionRequest, board: Board) -> None:
    assert say(asked, Word.REMOVED, reference="case-7") is Outcome.TAKEN
    assert request_state() == "claimed"
    do_all_jobs()
    asked.refresh_from_db()
    assert asked.operator_reference == "case-7"
    assert "verification.planned" in happened() or "verification.live" in happened()


def test_one_message_is_taken_once(asked: DeletionRequest) -> None:
    assert say(asked, Word.UNSURE, message_id="msg_1") is Outcome.TAKEN
    assert say(asked, Word.REMOVED, message_id="msg_1") is Outcome.REPLAYED
    assert request_state() == "unsure"
    assert list(Inbound.objects.order_by("at").values_list("outcome", flat=True)) == ["taken", "replayed"]


def test_a_refusal_needs_its_reason(asked: DeletionRequest) -> None:
    assert say(asked, Word.REFUSED) is Outcome.REASON_MISSING
    assert request_state() == "sent"
    assert say(asked, Word.REFUSED, reason=Reason.LAWFUL) is Outcome.TAKEN
    assert request_state() == "refused"


def test_nobody_answers_for_another_operator(asked: DeletionRequest) -> None:
    other = register_operator(name="Other", connector="sandbox", origin="https://o.example", actor=SYSTEM)
    assert say(asked, Word.REMOVED, by=other.pk) is Outcome.NOT_YOURS
    assert request_state() == "sent"
    assert Inbound.objects.get().operator == other, "it is recorded with who sent it"


def test_unsure_and_hidden_for_now_begins_the_term_of_the_law(asked: DeletionRequest) -> None:
    assert say(asked, Word.HIDDEN) is Outcome.NOTHING_HIDDEN
    assert say(asked, Word.UNSURE) is Outcome.TAKEN
    do_all_jobs()
    assert say(asked, Word.HIDDEN) is Outcome.TAKEN
    assert say(asked, Word.HIDDEN) is Outcome.SAID_ALREADY
    assert "review.block_claimed" in happened()


def test_what_comes_after_the_end_changes_nothing(asked: DeletionRequest) -> None:
    assert say(asked, Word.REMOVED) is Outcome.TAKEN
    assert say(asked, Word.REMOVED) is Outcome.SAID_ALREADY
    assert say(asked, Word.UNSURE) is Outcome.TOO_LATE
    assert request_state() == "claimed"


def test_an_answer_that_comes_before_our_next_try_ends_the_trying(asked: DeletionRequest) -> None:
    Delivery.objects.update(state="waiting")
    assert say(asked, Word.REMOVED) is Outcome.TAKEN
    assert Delivery.objects.get().state == "stopped"


def test_an_unknown_request_and_a_stranger_are_recorded(asked: DeletionRequest) -> None:
    operator_id = asked.sighting.operator_id
    assert operator_id is not None
    said = Said(word=Word.REMOVED)
    outcome = take_answer(operator_id=operator_id, request_id=uuid4(), said=said, way=Way.WEBHOOK)
    assert outcome is Outcome.UNKNOWN_REQUEST
    for _ in range(3):
        note_stranger(way=Way.WEBHOOK, outcome=Outcome.BAD_SIGNATURE)
    assert Knock.objects.get().count == 3
