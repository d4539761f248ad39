"""What an adversary found: each of these went wrong once."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import HIDDEN, REVIEWER, MakeKnown, block_state, decide, see, unsure, waiting_tasks
from steps import PHOTOS, found, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    NoChannelError,
    NothingThereError,
    Seen,
    UnreachableError,
)
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery import rules as deliveries
from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.hashbank.models import KnownPicture
from tests.commission import commission_decides

pytestmark = pytest.mark.django_db

REFUSED = Answer(kind=AnswerKind.REFUSED, reason="not_convinced")
DOWN = UnreachableError("network_connect", "down")


def test_what_is_hidden_is_not_called_removed_when_the_order_is_refused(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    moving_clock.shift(timedelta(seconds=1))
    board.answers = [REFUSED]
    decide(State.REMOVE, Reason.NO_CONSENT)
    for _ in range(30):
        wait(moving_clock, days=1)
    assert request_state() == "refused"
    assert Review.objects.filter(state__in=["open", "late"]).exists(), "and somebody has it"


def test_a_refusal_of_what_the_operator_hides_is_no_removal(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    refused_and_hidden = Answer(kind=AnswerKind.REFUSED, reason="not_convinced", blocked=True)
    unsure(board, coffee, make_known, answer=refused_and_hidden)
    see(moving_clock)
    assert request_state() == "refused"


def test_an_order_takes_back_a_restoration_that_is_under_way(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    board.block_failures = [DOWN]
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    assert block_state() == "lifting"
    moving_clock.shift(timedelta(seconds=1))
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    decide(State.REMOVE, Reason.MINOR)
    for _ in range(5):
        wait(moving_clock, hours=1)
    assert len(board.restores) == 1, "nothing of ours shows again what was ordered to be removed"
    assert request_state() == "verified"


def test_what_was_kept_is_not_shown_again_after_an_order_about_itself(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [HIDDEN]
    moving_clock.shift(timedelta(seconds=1))
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    first, second = Review.objects.order_by("opened_at")
    speak(first, State.NOT_HARMFUL, Reason.LAWFUL)
    moving_clock.shift(timedelta(seconds=1))
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    objection = Review.objects.get(because="objection")
    board.answers = [Answer(kind=AnswerKind.RECEIVED)]
    speak(objection, State.REMOVE, Reason.MINOR)
    speak(second, State.NOT_HARMFUL, Reason.LAWFUL)
    assert ProvisionalBlock.objects.get(sighting=first.sighting).state == "lasting"
    assert {order.locator.page_url for order in board.restores} <= {PAGE + "/2"}


def speak(review: Review, decision: State, reason: Reason) -> None:
    commission_decides(review.pk, decision=decision, reason=reason)
    do_all_jobs()


def test_an_operator_registered_after_the_target_has_passed_is_asked_all_the_same(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 500
    board.answers = [NoChannelError("no_channel", "nobody is registered")]
    make_known(coffee)
    found()
    wait(moving_clock, hours=30)
    assert request_state() == "overdue"
    known = register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)
    board.sights = []
    do_all_jobs()
    see(moving_clock)
    assert (request_state(), Sighting.objects.get().operator) == ("verified", known)


def test_the_answer_after_a_person_had_it_tried_anew_is_heard(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 20
    board.answers = [NoChannelError("no_channel", "nobody is registered"), HIDDEN]
    make_known(coffee)
    found()
    task = Task.objects.get(kind="no_channel")
    finish_task(task_id=task.pk, outcome=Outcome.SEND_AGAIN, note="they have one", official_id=REVIEWER)
    do_all_jobs()
    assert (request_state(), Review.objects.get().state) == ("unsure", "open")


def test_hidden_for_good_without_an_order_to_that_is_reviewed(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known, answer=Answer(kind=AnswerKind.BLOCKED, blocked=True))
    assert (request_state(), Review.objects.get().because) == ("access_blocked", "hidden_only")


def test_after_a_dead_letter_we_go_on_looking(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.answers, board.sights = coffee, [DOWN] * 50, [Seen.LIVE] * 2
    make_known(coffee)
    found()
    for _ in range(100):
        wait(moving_clock, hours=1)
    assert Delivery.objects.get().state == "stopped"
    assert request_state() == "verified", "it went by another way, and we saw it"


def test_another_picture_where_one_was_proven_gone_is_examined_and_asked_for(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    see(moving_clock)
    assert request_state() == "verified"
    board.picture = board.shown_now = (PHOTOS / "rocket.jpg").read_bytes()
    make_known(board.picture)
    board.sights = [Seen.LIVE]
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    see(moving_clock)
    assert len(board.orders) == 2
    assert request_state() == "verified"
    assert Assessment.objects.count() == 2


def test_an_answer_that_breaks_our_own_reading_is_one_failed_attempt(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    board.answers = [ValueError("a fault of ours")]  # type: ignore[list-item]
    make_known(coffee)
    found()
    assert Attempt.objects.get().outcome == "fault"
    wait(moving_clock, seconds=7)
    assert request_state() == "claimed"


def test_refusing_five_things_in_particular_is_not_failing(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)
    board.picture, board.answers = coffee, [UnreachableError("http_422", "not this one")] * 6
    make_known(coffee)
    for number in range(6):
        register_sighting(page_url=f"{PAGE}/{number}", media_url=f"{MEDIA}/{number}", source=Source.WATCH)
        do_all_jobs()
    assert not Breaker.objects.exclude(gate="closed").exists()
    assert len(board.orders) == 6
    assert not deliveries.counts_against("http_422")
    assert deliveries.counts_against("http_503")


def test_a_term_that_is_over_keeps_nothing_hidden_for_another_case(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.answers = [HIDDEN]
    moving_clock.shift(timedelta(seconds=1))
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    speak(Review.objects.order_by("opened_at")[0], State.NOT_HARMFUL, Reason.LAWFUL)
    first = ProvisionalBlock.objects.order_by("begun_at")[0]
    assert first.state == "kept"
    for _ in range(31):
        wait(moving_clock, days=1)
    first.refresh_from_db()
    assert first.state in {"lift_claimed", "not_back"}, "decided not harmful, and the law's term is over"


def test_said_to_be_back_and_never_seen_calls_people(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    board.sights = [Seen.UNKNOWN] * 500
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    for _ in range(25):
        wait(moving_clock, hours=1)
    assert (block_state(), waiting_tasks()) == ("not_back", ["not_restored"])


def test_a_mistaken_match_does_not_disarm_the_true_hash(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    decide(State.NOT_HARMFUL, Reason.MISTAKEN)
    assert KnownPicture.objects.get().disputed_at is None


def test_a_report_of_what_is_hidden_belongs_to_it(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(board, coffee, make_known)
    board.find = lambda url: (_ for _ in ()).throw(NothingThereError("http_404", "nothing"))  # type: ignore[method-assign]
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    report = Report.objects.get()
    assert (report.state, report.sightings.get()) == ("located", Sighting.objects.get())


def test_what_only_a_person_can_judge_is_a_task_and_they_may_have_it_asked_for(
    board: Board, coffee: bytes, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert waiting_tasks() == ["judge"]
    assert not DeletionRequest.objects.exists()
    finish_task(
        task_id=Task.objects.get().pk, outcome=Outcome.ASK, note="known to the centre", official_id=REVIEWER
    )
    do_all_jobs()
    see(moving_clock)
    assert request_state() == "verified"
    assert not Deadline.objects.filter(kind="send_again", state="set").exists()


def test_a_person_is_called_only_when_the_machine_has_stopped_trying(
    board: Board, coffee: bytes, moving_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.picture = coffee
    down = UnreachableError("network_timeout", "no answer")
    monkeypatch.setattr(board, "read_media", lambda _: (_ for _ in ()).throw(down))
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert (Assessment.objects.get().state, waiting_tasks()) == ("undetermined", [])
    for _ in range(10):
        wait(moving_clock, hours=2)
    assert waiting_tasks() == ["judge"]
    assert Task.objects.count() == 1
