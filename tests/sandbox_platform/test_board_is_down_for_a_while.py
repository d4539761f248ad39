"""Outages that end by themselves, and failings that touch quarantine and restore like everything else."""

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest


def test_it_is_down_for_two_calls_and_then_up_by_itself(board):
    facts = board.post()
    board.configure(misbehave="down", down_for=2)
    assert board.ask_deletion(facts).status_code == 503
    assert board.operator("GET", "/config").json()["down_for"] == 1
    assert board.operator("POST", f"/media/{facts['id']}/quarantine").status_code == 503
    assert board.sees(facts) == (200, 200)
    assert board.ask_deletion(facts).json()["answer"] == "removed"
    now = board.operator("GET", "/config").json()
    assert (now["misbehave"], now["down_for"]) == (None, None)


def test_it_hangs_up_on_one_call_and_then_answers(board):
    facts = board.post()
    board.configure(misbehave="down_hard", down_for=1)
    with pytest.raises(httpx.RemoteProtocolError):
        board.ask_deletion(facts)
    assert board.ask_deletion(facts).json()["answer"] == "removed"


def test_a_second_outage_without_a_count_lasts_until_it_is_ended(board):
    facts = board.post()
    board.configure(misbehave="down", down_for=1)
    assert board.ask_deletion(facts).status_code == 503
    board.configure(misbehave="down")
    for _ in range(3):
        assert board.ask_deletion(facts).status_code == 503


def test_of_eight_calls_at_once_exactly_three_find_it_down(board):
    facts = board.post()
    board.configure(misbehave="down", down_for=3)
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: board.operator("GET", f"/media/{facts['id']}").status_code, range(8))
        assert sorted(answers) == [200] * 5 + [503] * 3


def test_an_outage_and_its_count_outlive_a_kill(board):
    facts = board.post()
    board.configure(misbehave="down", down_for=2)
    board.ask_deletion(facts)
    board.kill()
    board.start()
    path = f"/media/{facts['id']}"
    assert [board.operator("GET", path).status_code for _ in range(3)] == [503, 200, 200]


def test_it_may_keep_to_itself_when_to_try_again(board):
    board.configure(misbehave="down", retry_after_s=None)
    answer = board.ask_deletion(board.post())
    assert answer.status_code == 503
    assert "Retry-After" not in answer.headers


@pytest.mark.parametrize("move", ["quarantine", "restore"])
def test_down_and_garbage_touch_a_move_and_do_nothing(board, move):
    facts = board.post()
    if move == "restore":
        board.operator("POST", f"/media/{facts['id']}/quarantine")
    before = board.sees(facts)
    board.configure(misbehave="down")
    assert board.operator("POST", f"/media/{facts['id']}/{move}").status_code == 503
    board.configure(misbehave="down_hard")
    with pytest.raises(httpx.RemoteProtocolError):
        board.operator("POST", f"/media/{facts['id']}/{move}")
    board.configure(misbehave="garbage")
    with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
        json.loads(board.operator("POST", f"/media/{facts['id']}/{move}").content)
    assert board.sees(facts) == before


def test_a_slow_move_is_made_for_a_client_that_gave_up_and_a_lost_reply_loses_no_work(board):
    facts = board.post()
    board.configure(misbehave="slow", delay_s=0.5)
    with pytest.raises(httpx.ReadTimeout):
        board.operator("POST", f"/media/{facts['id']}/quarantine", timeout=0.2)
    assert board.comes_true(lambda: board.sees(facts) == (404, 404))
    board.configure(misbehave="loses_replies", lose_first=1)
    with pytest.raises(httpx.RemoteProtocolError):
        board.operator("POST", f"/media/{facts['id']}/restore")
    assert board.sees(facts) == (200, 200)
    assert board.operator("POST", f"/media/{facts['id']}/restore").json()["state"] == "live"
