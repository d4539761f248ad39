"""Each way in which a platform fails its partners, switched on and seen from outside."""

import json

import httpx
import pytest

ABOUT = {"schema": "notice/1", "asked": "delete", "legal_basis": {"id": "an_example_act"}}


def test_it_claims_a_removal_and_keeps_serving_the_picture(board):
    board.configure(misbehave="claims_without_deleting")
    facts = board.post()
    assert board.ask_deletion(facts).json()["answer"] == "removed"
    assert board.sees(facts) == (200, 200)
    assert len(board.media_files()) == 1
    board.configure(misbehave=None)
    board.ask_deletion(facts, key="second")
    assert board.sees(facts) == (410, 410)


def test_it_is_slow_and_still_does_the_work_of_a_client_that_gave_up(board):
    board.configure(misbehave="slow", delay_s=2)
    facts = board.post()
    with pytest.raises(httpx.ReadTimeout):
        board.operator(
            "POST",
            "/deletion-requests",
            headers={"Idempotency-Key": "first"},
            json=ABOUT | {"locator": {"page": facts["page"]}},
            timeout=0.2,
        )
    assert board.sees(facts) == (200, 200)
    assert board.comes_true(lambda: board.sees(facts) == (410, 410))


def test_it_is_down_for_its_partners_but_not_for_the_public(board):
    board.configure(misbehave="down", retry_after_s=7)
    facts = board.post()
    answer = board.ask_deletion(facts)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert board.operator("GET", f"/media/{facts['id']}").status_code == 503
    assert board.sees(facts) == (200, 200)
    board.configure(misbehave=None)
    assert board.operator("GET", "/deletion-requests/by-key/first").status_code == 404


def test_it_is_down_hard_and_hangs_up_at_once(board):
    board.configure(misbehave="down_hard")
    facts = board.post()
    with pytest.raises(httpx.RemoteProtocolError):
        board.ask_deletion(facts)
    asked = [line for line in board.log() if line["idempotency_key"] == "first"]
    assert [line["status"] for line in asked] == [None]
    assert board.sees(facts) == (200, 200)


def test_it_answers_garbage_and_does_nothing(board):
    board.configure(misbehave="garbage")
    facts = board.post()
    answer = board.ask_deletion(facts)
    assert answer.status_code == 200
    with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
        json.loads(answer.content)
    assert board.sees(facts) == (200, 200)


def test_it_does_the_work_and_loses_the_first_two_replies(board):
    board.configure(misbehave="loses_replies", lose_first=2)
    facts = board.post()
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            board.ask_deletion(facts)
        assert board.sees(facts) == (410, 410)
    third = board.ask_deletion(facts).json()
    assert (third["answer"], third["reason"]) == ("removed", None)
    asked = [line for line in board.log() if line["idempotency_key"] == "first"]
    assert [line["status"] for line in asked] == [None, None, 200]
    assert len({line["body_sha256"] for line in asked}) == 1


def test_it_receives_now_and_removes_later(board):
    board.configure(answer="received", answer_later="removed", answer_after_s=2)
    facts = board.post()
    asked = board.ask_deletion(facts).json()
    assert asked["answer"] == "received"
    assert board.sees(facts) == (200, 200)
    assert board.comes_true(lambda: board.media_files() == [])
    assert board.sees(facts) == (410, 410)
    later = board.operator("GET", f"/deletion-requests/{asked['reference']}").json()
    assert later == {
        "reference": asked["reference"],
        "answer": "removed",
        "reason": None,
        "blocked": False,
    }
    assert board.ask_deletion(facts).json() == later


def test_it_receives_now_and_refuses_later_with_a_reason(board):
    board.configure(answer="received", answer_later="refused", answer_after_s=0)
    facts = board.post()
    board.ask_deletion(facts)
    path = "/deletion-requests/by-key/first"
    assert board.comes_true(lambda: board.operator("GET", path).json()["answer"] == "refused")
    assert board.operator("GET", path).json()["reason"] == "not_convinced"
    assert board.sees(facts) == (200, 200)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answer", "maybe"),
        ("answer", None),
        ("answer", []),
        ("answer_later", {}),
        ("misbehave", "explodes"),
        ("delay_s", -1),
        ("delay_s", True),
        ("delay_s", "5"),
        ("retry_after_s", 1.5),
        ("lose_first", 10**30),
        ("lose_first", None),
        ("down_for", -1),
        ("down_for", "3"),
        ("unsure_blocks", None),
        ("obeys_decisions", 1),
        ("block_known_bytes", "yes"),
        ("reason", "two\nlines"),
        ("upload_hook_url", "file:///etc/hostname"),
        ("upload_hook_url", "http://[half"),
        ("upload_hook_token", "열쇠"),
        ("no_such_setting", 1),
    ],
)
def test_a_bad_setting_is_named_and_changes_nothing(hardy_board, name, value):
    before = hardy_board.operator("GET", "/config").json()
    answer = hardy_board.configure(**{"tombstone_style": "page", name: value})
    assert (answer.status_code, answer.json()["field"]) == (400, name)
    assert hardy_board.operator("GET", "/config").json() == before


def test_secret_settings_are_never_shown(board):
    answer = board.configure(member_password="open sesame", upload_hook_token="hook-secret")
    assert answer.json()["member_password"] is True
    assert answer.json()["upload_hook_token"] is True
    assert "sesame" not in board.operator("GET", "/config").text
