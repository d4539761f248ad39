"""What was asked of those who stand between ends: it is gone, it may stay, nobody asks for it, or it is back."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
import time_machine
from board import PAGE, Board
from neighbours import NOBODY, RECEIVED, REFUSED, REMOVED, decide, look_again, standing
from steps import found, request_state, wait
from work import do_all_jobs

from haetae.accounts.models import Operator
from haetae.connectors.base import Answer, AnswerKind, Seen
from haetae.flow.delivery.models import Delivery
from haetae.flow.overview.standing import counts
from haetae.flow.remedies.models import Remedy
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State as Decided
from haetae.flow.tasks.models import Task

pytestmark = pytest.mark.django_db


def test_access_is_blocked_by_decision_alone_and_opened_again_when_the_picture_is_gone(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    abroad.answers = [Answer(kind=AnswerKind.REFUSED, reason="not_convinced"), REFUSED]
    between["access"].answers = [Answer(kind=AnswerKind.BLOCKED)]
    found()
    assert standing() == {}, "what is contested is decided first"
    decide(Decided.BLOCK_ACCESS, Reason.OUT_OF_REACH)
    assert standing()["access", "access_block"] == "claimed"
    assert between["access"].orders[0].notice["decision"]["ordered"] == "block_access"
    assert request_state() == "refused"
    assert standing()["host", "host_notice"] == "sent", "it refuses what was decided"
    assert counts().verified == 0

    abroad.sights = []
    between["host"].known_answer = REMOVED
    look_again(moving_clock)
    assert request_state() == "verified"
    assert standing()["access", "access_block"] == "lifted"
    lifted = between["access"].restores[0].notice
    assert (lifted["asked"], lifted["content"]["ground"]) == ("restore", "gone")


def test_a_decision_to_remove_that_is_not_followed_in_time_blocks_access(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    abroad.answers = [Answer(kind=AnswerKind.UNSURE), RECEIVED]
    abroad.known_answer = RECEIVED
    found()
    decide(Decided.REMOVE, Reason.NO_CONSENT)
    assert request_state() == "sent"
    assert standing() == {}, "the operator has its time"
    wait(moving_clock, hours=30)
    assert request_state() == "overdue"
    assert standing()["access", "access_block"] == "sent"
    assert standing()["host", "host_notice"] == "sent"
    assert {order.notice["content"]["ground"] for order in between["host"].orders} == {"decided"}


def test_decided_not_harmful_everything_is_undone_and_who_cannot_be_told_is_a_persons_task(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    between["host"].answers = [REMOVED]
    between["cdn"].answers = [NOBODY]
    between["cdn"].block_failures = [NOBODY]
    between["search"].block_failures = [NOBODY]
    found()
    assert standing()["cdn", "cdn_notice"] == "undeliverable"
    from haetae.flow.review.actions import open_review
    from haetae.flow.review.states import Because

    request = DeletionRequest.objects.get()
    DeletionRequest.objects.update(state="overdue")
    open_review(request_id=request.pk, sighting_id=request.sighting_id, because=Because.OBJECTION)
    decide(Decided.NOT_HARMFUL, Reason.LAWFUL)
    assert request_state() == "not_harmful"
    assert standing()["host", "host_notice"] == "lifted"
    assert between["host"].restores[0].notice["content"]["ground"] == "not_harmful"
    assert standing()["cdn", "cdn_notice"] == "withdrawn"
    assert not between["cdn"].restores, "it never got the request"
    assert sorted([standing()["search", "de_index"], standing()["search", "cached_copy"]]) == [
        "lifted",
        "withdrawn",
    ]
    task = Task.objects.get(kind="no_channel", state="waiting")
    left = Remedy.objects.get(intermediary__name="search", state="withdrawn")
    assert Delivery.objects.get(pk=task.subject_id).subject_id == left.pk, "it still hides what may be found"


def test_it_is_back_so_the_host_is_asked_once_more(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    between["host"].answers = [REMOVED]
    abroad.answers = [NOBODY, NOBODY]
    abroad.sights = []
    found()
    look_again(moving_clock)
    assert request_state() == "verified"
    abroad.sights = [Seen.LIVE] * 50
    between["host"].answers = [RECEIVED]
    wait(moving_clock, hours=2)
    look_again(moving_clock)
    assert request_state() == "undeliverable"
    assert standing()["host", "host_notice"] == "sent"
    assert len({order.key for order in between["host"].orders}) == 2, "another time, another request"


def test_whoever_reported_it_takes_that_back_and_nobody_is_asked_any_more(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    from haetae.flow.arrival.actions import receive_report, renew_report, withdraw_report

    between["search"].answers = [REMOVED] * 2
    report = receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert standing()["host", "host_notice"] == "sent"
    withdraw_report(report_id=report)
    do_all_jobs()
    assert standing()["host", "host_notice"] == standing()["cdn", "cdn_notice"] == "withdrawn"
    assert standing()["search", "de_index"] == "claimed", "what somebody did stays done"
    assert not any(one.restores for one in between.values())
    wait(moving_clock, hours=30)
    assert request_state() == "overdue"
    assert standing()["host", "host_notice"] == "withdrawn", "nor when the time is up"
    renew_report(report_id=report)
    do_all_jobs()
    assert standing()["host", "host_notice"] == "sent"


def test_an_intermediary_answers_at_our_door_and_for_nobody_else(
    abroad: Board, between: Mapping[str, Board]
) -> None:
    from haetae.operators.answers.actions import take_answer
    from haetae.operators.answers.rules import Outcome as Taken
    from haetae.operators.answers.rules import Reason as Because
    from haetae.operators.answers.rules import Said, Way, Word

    found()
    remedy = Remedy.objects.get(kind="host_notice")

    def say(word: Word, *, by: str = "host", reason: Because | None = None) -> Taken:
        return take_answer(
            operator_id=Operator.objects.get(name=by).pk,
            request_id=UUID(between["host"].orders[0].notice["id"]),
            said=Said(word=word, reason=reason),
            way=Way.API,
        )

    assert say(Word.REMOVED, by="cdn") is Taken.NOT_YOURS
    assert say(Word.RESTORED) is Taken.NOTHING_HIDDEN
    assert say(Word.REFUSED, reason=Because.NOT_OURS) is Taken.TAKEN
    assert say(Word.REMOVED) is Taken.TAKEN, "it thinks better of it"
    assert say(Word.REMOVED) is Taken.SAID_ALREADY
    assert say(Word.UNSURE) is Taken.TOO_LATE
    remedy.refresh_from_db()
    assert (remedy.state, request_state()) == ("claimed", "undeliverable")
