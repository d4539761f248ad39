"""The operator cannot be reached, or does not follow: others are asked, and nothing of that counts as removed."""

from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
import time_machine
from board import PAGE, Board
from neighbours import BOARD, LONG_AGO, NOBODY, RECEIVED, REFUSED, REMOVED, look_again, standing, stands
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.accounts.models import OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Seen, UnreachableError
from haetae.flow.overview.standing import counts
from haetae.flow.remedies import queries
from haetae.flow.remedies.actions import CannotServeError, end_serving
from haetae.flow.remedies.models import Remedy
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import Said, Way, Word

pytestmark = pytest.mark.django_db

MakeKnown = Callable[..., None]


def test_nobody_can_be_asked_so_the_host_is_and_our_own_eyes_say_that_it_is_gone(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    found()
    assert request_state() == "undeliverable"
    assert standing() == {
        ("host", "host_notice"): "sent",
        ("cdn", "cdn_notice"): "sent",
        ("search", "de_index"): "sent",
        ("search", "cached_copy"): "sent",
    }, "whoever serves another place is not asked, nor is access blocked without a decision"
    asked = {order.notice["asked"] for order in between["search"].orders}
    assert asked == {"de_index", "remove_from_cache"}
    assert between["host"].orders[0].notice["recipient"] == {"name": "host", "kind": "host"}
    assert between["host"].orders[0].notice["locator"]["page"] == PAGE

    abroad.sights = []
    between["host"].known_answer = REMOVED
    between["search"].known_answer = REMOVED
    wait(moving_clock, seconds=20)
    assert standing()["host", "host_notice"] == "claimed"
    wait(moving_clock, minutes=1)
    assert request_state() == "verified"
    assert standing() == {
        ("host", "host_notice"): "claimed",
        ("cdn", "cdn_notice"): "withdrawn",
        ("search", "de_index"): "claimed",
        ("search", "cached_copy"): "claimed",
    }
    assert not any(one.restores for one in between.values()), "nobody is asked to show it again"


def test_an_intermediarys_word_is_never_a_removal(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    for name in ("cdn", "search"):
        between[name].answers = [REMOVED] * 2
    between["host"].answers = [REFUSED]
    abroad.sights = []  # from outside, what a CDN hides looks like what is gone
    found()
    wait(moving_clock, hours=30)
    assert standing()["cdn", "cdn_notice"] == standing()["search", "de_index"] == "claimed"
    assert standing()["host", "host_notice"] == "refused"
    assert request_state() == "overdue"
    assert counts().verified == 0
    assert queries.counted() == {
        ("cdn_notice", "claimed"): 1,
        ("de_index", "claimed"): 1,
        ("cached_copy", "claimed"): 1,
        ("host_notice", "refused"): 1,
    }


def test_a_false_claim_of_a_host_is_seen(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    between["host"].answers = [REMOVED]
    found()
    look_again(moving_clock)
    assert standing()["host", "host_notice"] == "claim_false"
    assert request_state() == "undeliverable"


def test_an_intermediary_that_fails_is_tried_again_and_given_to_a_person(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    between["host"].answers = [UnreachableError("http_503", "down")] * 40
    found()
    assert standing()["host", "host_notice"] == "wanted"
    assert standing()["search", "de_index"] == "sent", "nobody else waits for it"
    for _ in range(100):
        wait(moving_clock, hours=1)
    assert standing()["host", "host_notice"] == "undeliverable"
    assert len({order.key for order in between["host"].orders}) == 1
    between["host"].answers = [RECEIVED]
    task = Task.objects.get(kind="dead_letter", state="waiting")
    finish_task(task_id=task.pk, outcome=Outcome.SEND_AGAIN, note="they are back", official_id=uuid4())
    do_all_jobs()
    wait(moving_clock, hours=1)
    assert standing()["host", "host_notice"] == "sent"


def test_an_intermediary_given_up_that_had_the_message_after_all_is_heard(
    abroad: Board, between: Mapping[str, Board], moving_clock: time_machine.Traveller
) -> None:
    between["host"].answers = [UnreachableError("network_read", "the reply was lost", sent=True)] * 40
    found()
    for _ in range(100):
        wait(moving_clock, hours=1)
    assert standing()["host", "host_notice"] == "undeliverable"
    remedy = Remedy.objects.get(kind="host_notice")
    heard = take_answer(
        operator_id=remedy.intermediary_id,
        request_id=remedy.key,
        said=Said(word=Word.REMOVED),
        way=Way.MAIL_LINK,
    )
    do_all_jobs()
    assert (heard, standing()["host", "host_notice"]) == (heard.TAKEN, "claimed")
    assert not Task.objects.filter(kind="dead_letter", state="waiting").exists()


def test_whoever_is_named_later_is_asked_then_and_whoever_left_no_more(
    board: Board,
    between: Mapping[str, Board],
    coffee: bytes,
    make_known: MakeKnown,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture, board.answers, board.sights = coffee, [NOBODY], [Seen.LIVE] * 50
    make_known(coffee)
    found()
    assert standing() == {}
    gone = stands("former", OperatorKind.HOST, before="https://nowhere.example")
    stands("host", OperatorKind.HOST, before=BOARD)
    do_all_jobs()
    assert standing() == {("host", "host_notice"): "sent"}
    assert end_serving(intermediary=gone, origin="https://nowhere.example", last_day=LONG_AGO, actor=SYSTEM)
    assert "remedies.serving_ended" in happened()
    with pytest.raises(CannotServeError, match="needs_an_origin"):
        stands("every", OperatorKind.HOST)
    with pytest.raises(CannotServeError, match="a_platform_is_asked_itself"):
        stands("platform", OperatorKind.PLATFORM, before=BOARD)
