"""An operator tries its own way: the exercise goes out signed, is answered at every door, and touches nothing else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from work import do_all_jobs

from bench.operator_stage.manners import Manner
from bench.operator_stage.server import Stage, stage
from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import new_shared_key
from haetae.audit.actor import SYSTEM, Actor
from haetae.audit.models import Event
from haetae.flow.delivery.models import Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.notice.checking import why_not_this
from haetae.operators.trials import actions, queries, rules
from haetae.operators.trials.actions import TrialRefusedError
from haetae.operators.trials.models import Trial
from haetae.operators.trials.rules import Heard, Why

pytestmark = pytest.mark.django_db
HOOK = "board"
MODERATOR = Actor(kind="official", id=str(uuid4()))


@pytest.fixture
def here() -> Iterator[Stage]:
    with stage() as running:
        yield running


def registered(connector: str, *, endpoint: str = "", name: str = "Board") -> Operator:
    return register_operator(
        name=name,
        connector=connector,
        origin=f"https://{name.lower()}.example",
        standing=Standing(endpoint=endpoint),
        actor=SYSTEM,
    )


@pytest.fixture
def board(here: Stage) -> Operator:
    found = registered("webhook", endpoint=here.address(HOOK))
    here.hooks[HOOK].secret = new_shared_key(operator=found, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    return found


def begun(operator: Operator) -> Trial:
    trial_id = actions.begin_trial(operator=operator, actor=MODERATOR)
    do_all_jobs()
    return queries.get_trial(trial_id)


def answer(trial: Trial, word: str, *, message_id: str = "", way: str = "api") -> Heard:
    return actions.answer_trial(trial_id=trial.pk, word=word, way=way, message_id=message_id, actor=MODERATOR)


def test_an_exercise_arrives_signed_and_marked_as_one_with_a_notice_as_every_other(
    here: Stage, board: Operator
) -> None:
    trial = begun(board)
    (sent,) = here.hooks[HOOK].received
    told = json.loads(sent.body)
    assert sent.is_signed
    assert sent.message_id == told["data"]["id"] == str(trial.key)
    assert (told["type"], told["trial"]) == ("deletion.requested", True)
    assert why_not_this(told["data"], checklist=()) == []
    assert told["data"]["locator"]["media"].startswith("https://example.invalid/")
    assert trial.state == "arrived"


def test_it_touches_no_figure_and_no_request(board: Operator) -> None:
    answer(begun(board), "removed")
    assert not DeletionRequest.objects.exists()
    assert not Delivery.objects.exists()
    names = set(Event.objects.values_list("name", flat=True))
    assert {"trials.begun", "trials.arrived", "trials.answered"} <= names
    assert not [name for name in names if name.startswith(("removal.", "delivery.", "answers."))]


def test_every_word_may_be_tried_and_one_message_is_taken_once(board: Operator) -> None:
    trial = begun(board)
    assert answer(trial, "unsure", message_id="msg_1") is Heard.TAKEN
    assert answer(trial, "unsure", message_id="msg_1") is Heard.REPLAYED
    assert answer(trial, "unsure", message_id="msg_2") is Heard.SAID_ALREADY
    assert answer(trial, "removed", message_id="msg_1", way="webhook") is Heard.TAKEN
    (shown,) = queries.recent(board)
    assert shown.state == "answered"
    assert [one.word for one in shown.answers.all()] == ["unsure", "removed"]


def test_an_answer_that_comes_at_once_with_the_receipt_is_kept(here: Stage, board: Operator) -> None:
    here.hooks[HOOK].manner = Manner.ANSWERS
    trial = begun(board)
    assert trial.state == "answered"
    assert [(one.word, one.way) for one in trial.answers.all()] == [("removed", "reply")]


def test_what_could_not_be_handed_over_says_why_and_is_not_tried_again(here: Stage, board: Operator) -> None:
    here.hooks[HOOK].manner = Manner.DOWN
    trial = begun(board)
    assert (trial.state, trial.code) == ("failed", "http_500")
    assert len(here.hooks[HOOK].received) == 1
    assert answer(trial, "removed") is Heard.TAKEN


@pytest.mark.parametrize("connector", ["polling", "web_page", "sandbox"])
def test_where_nothing_is_pushed_it_lies_at_our_doors(connector: str) -> None:
    trial = begun(registered(connector))
    assert trial.state == "waiting"
    assert answer(trial, "removed", way="desk") is Heard.TAKEN


def test_it_ends_after_a_day(board: Operator) -> None:
    with time_machine.travel("2026-11-26T10:00:00+00:00", tick=False) as clock_:
        trial = begun(board)
        clock_.shift(timedelta(hours=23, minutes=59))
        assert list(queries.under_way(board.pk, now=trial.ends_at - timedelta(minutes=1))) == [trial]
        assert answer(trial, "unsure") is Heard.TAKEN
        clock_.shift(timedelta(minutes=1))
        assert answer(trial, "removed") is Heard.TOO_LATE
        assert not queries.under_way(board.pk, now=trial.ends_at)


def test_one_tries_so_often_an_hour_and_no_more(board: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "TRIALS_MOST", 1)
    monkeypatch.setattr(rules, "TESTS_MOST", 1)
    for begin in (actions.begin_trial, actions.begin_test):
        begin(operator=board, actor=MODERATOR)
        with pytest.raises(TrialRefusedError) as refused:
            begin(operator=board, actor=MODERATOR)
        assert refused.value.why is Why.TOO_MANY
        begin(operator=registered("polling", name="Other"), actor=MODERATOR)


def test_a_test_of_the_way_sends_a_message_that_asks_nothing_and_keeps_what_came_of_it(
    here: Stage, board: Operator
) -> None:
    actions.begin_test(operator=board, actor=MODERATOR)
    do_all_jobs()
    (shown,) = queries.recent_tests(board)
    assert shown.ended_at is not None
    assert [check["passed"] for check in shown.checks if check["code"] == "ping"] == [True]
    assert [json.loads(one.body)["type"] for one in here.hooks[HOOK].received] == ["ping"]


def test_nobody_sees_the_exercises_of_another(board: Operator) -> None:
    trial, other = begun(board), registered("polling", name="Other")
    assert queries.trial_named(operator_id=board.pk, key=trial.key) == trial
    assert queries.trial_named(operator_id=other.pk, key=trial.key) is None
    assert not queries.recent(other)
