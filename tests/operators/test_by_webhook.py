"""From the signed message to the answer that counts, with a real server that behaves, and then does not."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from work import do_all_jobs

from bench.operator_stage.manners import Manner
from bench.operator_stage.server import Stage, stage
from haetae.accounts.actions import delegate_block
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import new_shared_key
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.tasks.models import Task
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import Outcome, Said, Way, Word
from haetae.operators.trials import rules
from haetae.operators.trials.actions import TrialRefusedError, replay
from haetae.operators.trials.rules import Why
from tests.operators.asking import registered, request_to, wait

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_network")]
Clock = time_machine.Traveller
HOOK = "board"


@pytest.fixture
def here() -> Iterator[Stage]:
    with stage() as running:
        yield running


@pytest.fixture
def board(here: Stage) -> Operator:
    found = registered("webhook", endpoint=here.address(HOOK))
    here.hooks[HOOK].secret = new_shared_key(operator=found, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    return found


def state_of(request: DeletionRequest) -> str:
    request.refresh_from_db()
    return request.state


def say(request: DeletionRequest, word: Word) -> Outcome:
    operator_id = request.sighting.operator_id
    assert operator_id is not None
    return take_answer(operator_id=operator_id, request_id=request.pk, said=Said(word=word), way=Way.WEBHOOK)


def test_taken_means_received_and_what_comes_in_later_is_the_answer(
    here: Stage, board: Operator, clock_: Clock
) -> None:
    request = request_to(board)
    assert state_of(request) == "sent"
    wait(clock_, hours=3)
    assert len(here.hooks[HOOK].received) == 1, "it is not asked what became of it: it says so"
    assert say(request, Word.REMOVED) is Outcome.TAKEN
    assert state_of(request) == "claimed"


def test_until_it_is_taken_the_same_message_comes_again_and_a_lost_reply_doubles_nothing(
    here: Stage, board: Operator, clock_: Clock
) -> None:
    here.hooks[HOOK].manner, here.hooks[HOOK].fails_first = Manner.LOSES_THE_REPLY, 2
    request = request_to(board)
    wait(clock_, seconds=7)
    wait(clock_, minutes=2)
    wait(clock_, minutes=2)
    messages = here.hooks[HOOK].received
    assert state_of(request) == "sent"
    assert len(messages) == 3
    assert len({(one.message_id, one.body) for one in messages}) == 1
    assert all(one.is_signed for one in messages)
    assert messages[0].timestamp_s < messages[-1].timestamp_s


def test_the_operator_that_asks_for_patience_gets_it(here: Stage, board: Operator, clock_: Clock) -> None:
    here.hooks[HOOK].manner = Manner.BUSY  # Retry-After: 120
    request_to(board)
    wait(clock_, seconds=110)
    assert len(here.hooks[HOOK].received) == 1
    wait(clock_, seconds=30)
    assert len(here.hooks[HOOK].received) == 2


def test_where_nothing_listens_any_more_a_person_is_told_at_once(here: Stage, board: Operator) -> None:
    here.hooks[HOOK].manner = Manner.GONE
    request = request_to(board)
    assert state_of(request) == "undeliverable"
    assert Task.objects.filter(kind="no_channel").exists()
    assert Attempt.objects.get().outcome == "endpoint_gone"


def test_in_doubt_it_is_asked_to_hide_it_and_says_when_it_has(
    here: Stage, board: Operator, clock_: Clock
) -> None:
    delegate_block(operator=board, reference="A-1", since=date(2026, 1, 1), actor=SYSTEM)
    request = request_to(board)
    here.hooks[HOOK].manner = Manner.NOT_YET
    assert say(request, Word.UNSURE) is Outcome.TAKEN
    do_all_jobs()
    assert ProvisionalBlock.objects.get().state == "wanted"
    assert say(request, Word.HIDDEN) is Outcome.TAKEN
    assert ProvisionalBlock.objects.get().state == "claimed"
    assert Delivery.objects.get(kind="block").state == "stopped"


def test_its_own_delivery_is_said_once_more_when_it_wishes(
    here: Stage, board: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "REPLAYS_MOST", 2)
    request = request_to(board)
    said, other = Delivery.objects.get(), registered(name="other")
    replay(operator=board, delivery_id=said.pk, actor=SYSTEM)
    do_all_jobs()
    first, second = here.hooks[HOOK].received
    assert (first.message_id, first.body) == (second.message_id, second.body)
    assert Event.objects.filter(name="trials.replayed").count() == 1
    assert Delivery.objects.get().state == "delivered"
    assert why_refused(other, said) is Why.NOT_YOURS
    replay(operator=board, delivery_id=said.pk, actor=SYSTEM)
    assert why_refused(board, said) is Why.TOO_MANY
    monkeypatch.setattr(rules, "REPLAYS_MOST", 9)
    say(request, Word.BLOCKED)
    assert why_refused(board, said) is Why.NOTHING_TO_SAY


def why_refused(operator: Operator, said: Delivery) -> Why:
    with pytest.raises(TrialRefusedError) as refused:
        replay(operator=operator, delivery_id=said.pk, actor=SYSTEM)
    return refused.value.why


def test_a_replay_tries_what_was_given_up(here: Stage, board: Operator) -> None:
    here.hooks[HOOK].manner = Manner.GONE
    request = request_to(board)
    here.hooks[HOOK].manner = Manner.TAKES
    replay(operator=board, delivery_id=Delivery.objects.get().pk, actor=SYSTEM)
    do_all_jobs()
    assert state_of(request) == "sent"
    assert not Task.objects.filter(kind="no_channel", state="waiting").exists()
