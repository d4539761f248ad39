"""Said until it is heard: pauses by chance, an operator left alone, a dead letter with a person, a way found later."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.keys import MissingKeyError
from haetae.connectors.base import Answer, AnswerKind, NoChannelError, Seen, UnreachableError
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.delivery import rules
from haetae.flow.delivery.actions import begin_attempt
from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.delivery.states import Gate
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.law.packs import load_pack

pytestmark = pytest.mark.django_db

MakeKnown = Callable[..., None]
DOWN = UnreachableError("network_connect", "down")
PAUSES = [pause.as_timedelta() for pause in load_pack("kr").removal.send_again_after]


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def appear(number: int) -> None:
    """One more known picture at another place of the same operator."""
    register_sighting(page_url=f"{PAGE}/{number}", media_url=f"{MEDIA}/{number}", source=Source.WATCH)
    do_all_jobs()


def test_pauses_vary_by_a_fifth_and_are_the_same_each_time_for_one_delivery() -> None:
    hour = timedelta(hours=1)
    drawn = [rules.jittered(hour, percent=20, delivery_id=uuid4(), tries=3) for _ in range(500)]
    assert min(drawn) >= hour * 0.8
    assert max(drawn) <= hour * 1.2
    assert max(drawn) - min(drawn) > hour * 0.3, "they do not all come at once"
    one = uuid4()
    again = {rules.jittered(hour, percent=20, delivery_id=one, tries=2) for _ in range(3)}
    assert len(again) == 1
    other_try = rules.jittered(hour, percent=20, delivery_id=one, tries=3)
    assert again != {other_try}


def test_chance_never_shortens_what_an_operator_asked_for(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [UnreachableError("http_429", "busy", retry_after_s=600)]
    make_known(coffee)
    found()
    wait(moving_clock, seconds=599)
    assert len(board.orders) == 1
    wait(moving_clock, seconds=121)
    assert len(board.orders) == 2


def test_a_wait_of_a_year_is_a_day_and_a_fifth_at_most(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [UnreachableError("http_503", "busy", retry_after_s=31_536_000)]
    make_known(coffee)
    found()
    wait(moving_clock, hours=24 * 1.2, seconds=1)
    assert len(board.orders) == 2


def test_a_dead_letter_is_a_persons_task_and_can_be_sent_anew(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers = coffee, [DOWN] * len(PAUSES)
    board.sights = [Seen.LIVE] * 500
    make_known(coffee)
    found()
    for _ in range(100):
        wait(moving_clock, hours=1)
    assert Delivery.objects.get().state == "dead"
    assert len(board.orders) == len(PAUSES), "0 s to 24 h"
    assert Attempt.objects.count() == len(PAUSES)
    assert len({order.key for order in board.orders}) == 1
    task = Task.objects.get(kind="dead_letter")
    assert request_state() == "overdue"
    finish_task(task_id=task.pk, outcome=Outcome.SEND_AGAIN, note="they are back", official_id=uuid4())
    board.sights = []
    do_all_jobs()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"
    assert not Task.objects.filter(state="waiting").exists(), "what came right by itself waits for nobody"


def test_chance_never_puts_the_last_try_off_beyond_all_pauses_together() -> None:
    now, whole = clock.now(), sum(PAUSES, timedelta())
    begun = now - (whole - timedelta(hours=20))
    late = timedelta(hours=28)
    assert rules.within_all(late, opened_at=begun, now=now, pauses=PAUSES) == timedelta(hours=20)
    assert rules.within_all(late, opened_at=now, now=now, pauses=PAUSES) == late
    assert rules.within_all(late, opened_at=now - 2 * whole, now=now, pauses=PAUSES) == timedelta()
    assert rules.is_too_old(now - whole, now=now, pauses=PAUSES), (
        "what is tried last at that moment is the last"
    )


def test_an_operator_that_fails_five_times_is_left_alone_and_then_tried_with_one(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture, board.answers = coffee, [DOWN] * 5
    make_known(coffee)
    for number in range(5):
        appear(number)
    breaker = Breaker.objects.get()
    assert (breaker.gate, breaker.failures, breaker.last_failure) == ("open", 5, "network_connect")
    for number in range(5, 25):
        appear(number)
    assert len(board.orders) == 5, "nobody knocks at a closed door"
    assert Attempt.objects.count() == 5, "what was held back is no attempt"
    wait(moving_clock, seconds=20)
    assert len(board.orders) == 5
    board.answers = [DOWN]
    wait(moving_clock, seconds=12)
    assert len(board.orders) == 6, "one is the trial; the others wait for what comes of it"
    breaker.refresh_from_db()
    assert (breaker.gate, breaker.openings) == ("open", 2)
    assert breaker.trial_at is not None
    assert breaker.trial_at - breaker.changed_at == timedelta(minutes=2), "longer the second time"
    wait(moving_clock, minutes=2, seconds=3)
    breaker.refresh_from_db()
    assert (breaker.gate, breaker.failures) == ("closed", 0)
    assert {row.state for row in Delivery.objects.all()} == {"delivered"}, "all that waited went out"
    keys = [order.key for order in board.orders]
    assert len(set(keys)) == 25
    assert happened().count("delivery.breaker_opened") == 2
    assert happened().count("delivery.breaker_closed") == 1


def test_one_operators_failures_hold_up_nobody_else(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    other = register_operator(name="Other", connector="sandbox", origin="https://other.example", actor=SYSTEM)
    board.picture, board.answers = coffee, [DOWN] * 5
    make_known(coffee)
    for number in range(5):
        appear(number)
    register_sighting(
        page_url="https://other.example/p/1", media_url="https://other.example/m/1", source=Source.WATCH
    )
    do_all_jobs()
    assert Delivery.objects.get(operator=other).state == "delivered"


def test_a_trial_whose_sender_was_killed_does_not_keep_the_gate_half_open(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture, board.answers = coffee, [DOWN] * 5
    make_known(coffee)
    for number in range(5):
        appear(number)
    first, second = Delivery.objects.order_by("pk")[:2]
    moving_clock.shift(timedelta(seconds=31))
    assert begin_attempt(delivery_id=first.pk) is not None
    assert Breaker.objects.get().gate == Gate.HALF_OPEN
    assert begin_attempt(delivery_id=second.pk) is None, "held back while the first is the trial"
    moving_clock.shift(timedelta(minutes=3))
    assert begin_attempt(delivery_id=second.pk) is not None


def test_what_was_only_ever_held_back_becomes_a_dead_letter_too(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture, board.answers = coffee, [DOWN] * 5_000
    board.sights = [Seen.LIVE] * 5_000
    make_known(coffee)
    for number in range(8):
        appear(number)
    for _ in range(30):
        wait(moving_clock, hours=4)
    assert {row.state for row in Delivery.objects.all()} == {"dead"}
    assert Task.objects.filter(kind="dead_letter", state="waiting").count() == 8


def test_an_operator_registered_later_is_asked_what_could_not_be_delivered(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [NoChannelError("no_channel", "nobody is registered")]
    make_known(coffee)
    found()
    assert request_state() == "undeliverable"
    assert Task.objects.get().kind == "no_channel"
    known = register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)
    do_all_jobs()
    assert Sighting.objects.get().operator == known
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"
    assert DeletionRequest.objects.count() == 1
    assert len({order.key for order in board.orders}) == 1
    assert not Task.objects.filter(state="waiting").exists()


def test_what_goes_without_a_word_is_seen_where_nobody_could_be_asked(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [NoChannelError("no_channel", "nobody is registered")]
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"


def test_two_senders_at_once_make_one_attempt_each_under_one_key(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.RECEIVED)]
    make_known(coffee)
    found()
    delivery = Delivery.objects.get()
    assert delivery.state == "delivered"
    assert begin_attempt(delivery_id=delivery.pk) is None, "what was answered is not said again"


def test_a_second_sender_does_not_try_again_while_the_pause_runs(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers = coffee, [DOWN]
    make_known(coffee)
    found()
    delivery = Delivery.objects.get()
    assert begin_attempt(delivery_id=delivery.pk) is None
    wait(moving_clock, seconds=7)
    assert len(board.orders) == 2


def test_the_age_of_a_letter_is_counted_from_when_it_began_to_wait() -> None:
    now = clock.now()
    assert not rules.is_too_old(now - timedelta(hours=70), now=now, pauses=PAUSES)
    assert rules.is_too_old(now - timedelta(hours=76), now=now, pauses=PAUSES)


def test_a_key_that_nobody_put_there_calls_a_person_at_once(
    board: Board, operator: Operator, coffee: bytes, make_known: MakeKnown
) -> None:
    """Nothing can have gone out, and trying for days would find no file."""
    board.picture = coffee
    board.answers = [MissingKeyError("no such file")]  # type: ignore[list-item]
    make_known(coffee)
    found()
    assert request_state() == "undeliverable"
    assert Attempt.objects.get().outcome == "keys_unreadable"
    assert not Attempt.objects.get().may_have_arrived
