"""An operator fetches what is asked of it: nothing is lost on the way, nothing counts as received that is not."""

from uuid import uuid4

import pytest
import time_machine

from haetae.accounts.models import KeyScope
from haetae.audit.actor import SYSTEM
from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.notice.checking import why_not_this
from haetae.operators.answers.models import Inbound
from haetae.operators.trials.actions import begin_trial
from haetae.web.api.scan import keys
from tests.operators.asking import Caller, registered, request_to, settle, wait

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_network")]
Clock = time_machine.Traveller


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    keys._remembered.clear()


def state_of(request: DeletionRequest) -> str:
    request.refresh_from_db()
    return request.state


def test_what_is_asked_is_listed_whole_with_law_and_target_apart(clock_: Clock) -> None:
    board = registered()
    request = request_to(board)
    settle(clock_)
    (one,) = Caller(board).listed()["requests"]
    assert (one["id"], one["kind"], one["state"], one["trial"]) == (
        str(request.key),
        "delete",
        "requested",
        False,
    )
    assert why_not_this(one["notice"], checklist=()) == []
    assert one["legal"]["due_at"] is None, "without delay names no hour"
    assert one["target"]["due_at"].startswith("2026-11-27")
    assert Caller(board).get(f"/requests/{request.key}").json() == one


def test_it_counts_as_received_when_the_next_page_is_asked_for_and_not_before(clock_: Clock) -> None:
    board = registered()
    requests = [request_to(board, number) for number in (1, 2, 3)]
    settle(clock_)
    caller = Caller(board)
    first = caller.listed(limit=2)
    again = caller.listed(limit=2)  # the first answer was lost on the way: nothing is
    assert first == again
    assert [state_of(one) for one in requests] == ["requested"] * 3
    second = caller.listed(limit=2, after=first["next"])
    assert sorted(state_of(one) for one in requests) == ["requested", "sent", "sent"]
    assert len(second["requests"]) == 1
    end = caller.listed(limit=2, after=second["next"])
    assert end == {"requests": [], "next": None}
    assert [state_of(one) for one in requests] == ["sent"] * 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {"stopped"}
    assert len(caller.listed()["requests"]) == 3, "each round shows all that is open"


def test_who_does_not_come_is_not_called_broken_and_after_three_days_a_person_is_told(clock_: Clock) -> None:
    board = registered()
    request_to(board)
    wait(clock_, hours=1)
    assert set(Attempt.objects.values_list("outcome", flat=True)) == {"not_fetched"}
    assert not Attempt.objects.filter(may_have_arrived=True).exists()
    assert not Breaker.objects.exclude(failures=0).exists()
    for _ in range(12):
        wait(clock_, hours=24)
    assert Attempt.objects.count() < 15, "there is no storm"
    assert Task.objects.filter(kind="dead_letter").exists()


def test_who_comes_late_has_it_all_the_same_and_nobody_is_called_for_it_any_more(clock_: Clock) -> None:
    board = registered()
    request = request_to(board)
    for _ in range(2):
        wait(clock_, hours=13)
    settle(clock_)
    caller = Caller(board)
    caller.listed(after=caller.listed()["next"])
    assert state_of(request) == "overdue"
    assert Delivery.objects.get().state == "stopped"
    assert Inbound.objects.get().outcome == "taken"


def test_what_is_said_anew_comes_again_behind_a_cursor_that_was_kept(clock_: Clock) -> None:
    board = registered()
    request_to(board)
    settle(clock_)
    caller = Caller(board)
    kept = caller.listed()["next"]
    wait(clock_, minutes=2)  # the next attempt has begun meanwhile
    settle(clock_)
    assert len(caller.listed(after=kept)["requests"]) == 1


def test_what_has_been_answered_is_listed_only_among_all(clock_: Clock) -> None:
    board = registered()
    request = request_to(board)
    settle(clock_)
    caller = Caller(board)
    assert caller.answer(request.key, {"word": "removed"}).status_code == 200
    assert caller.listed()["requests"] == []
    (one,) = caller.listed(state="all")["requests"]
    assert one["state"] == "claimed"


def test_nobody_sees_what_is_asked_of_another(clock_: Clock) -> None:
    request = request_to(registered())
    settle(clock_)
    other = Caller(registered(name="other"))
    assert other.listed(state="all")["requests"] == []
    assert other.get(f"/requests/{request.key}").json()["error"] == "unknown_request"


def test_an_exercise_is_listed_first_and_marked(clock_: Clock) -> None:
    board = registered()
    request_to(board)
    settle(clock_)
    begin_trial(operator=board, actor=SYSTEM)
    caller = Caller(board)
    exercise, real = caller.listed()["requests"]
    assert (exercise["trial"], real["trial"]) == (True, False)
    assert caller.get(f"/requests/{exercise['id']}").json() == exercise
    assert caller.answer(exercise["id"], {"word": "removed"}).json()["outcome"] == "taken"
    assert not Inbound.objects.exists(), "no answer of the operator's counts it"


@pytest.mark.parametrize(
    "wrong",
    [{"after": "nonsense"}, {"after": "4pyT"}, {"limit": 0}, {"limit": 101}, {"state": "mine"}],
)
def test_a_question_that_cannot_be_understood_is_refused_by_the_name_of_what_is_wrong(wrong: dict) -> None:
    refused = Caller(registered()).get("/requests/", **wrong)
    assert (refused.status_code, refused.json()["field"]) == (400, *wrong)


def test_only_a_key_for_it_opens_and_only_so_often() -> None:
    board = registered()
    assert Caller(board, scope=KeyScope.SCAN).get("/me").status_code == 401
    caller = Caller(board, per_minute=2)
    me = caller.get("/me").json()
    assert (me["operator"], me["connector"], me["signing_keys"]) == (str(board.pk), "polling", [])
    assert caller.get("/me").headers["RateLimit-Remaining"] == "0"
    refused = caller.get("/me")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many")
    assert Caller(board).get(f"/requests/{uuid4()}").status_code == 404
