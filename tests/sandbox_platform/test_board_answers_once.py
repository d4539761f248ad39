"""A request may be sent again by a partner that lost the answer; it is decided once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx


def test_the_same_key_gets_the_same_answer_even_after_the_settings_changed(board):
    facts = board.post()
    board.configure(answer="refused", reason="outside_our_rules")
    first = board.ask_deletion(facts).json()
    board.configure(answer="removed")
    assert board.ask_deletion(facts).json() == first
    assert (first["answer"], first["reason"]) == ("refused", "outside_our_rules")
    assert board.operator("GET", "/deletion-requests/by-key/first").json() == first
    assert board.operator("GET", f"/deletion-requests/{first['reference']}").json() == first
    assert board.sees(facts) == (200, 200)


def test_a_new_key_is_a_new_request(board):
    facts = board.post()
    board.configure(answer="unsure")
    first = board.ask_deletion(facts).json()
    board.configure(answer="removed")
    second = board.ask_deletion(facts, key="second").json()
    assert (first["answer"], first["reason"], second["answer"]) == ("unsure", "cannot_judge", "removed")
    assert first["reference"] != second["reference"]
    third = board.ask_deletion(facts, key="third").json()
    assert (third["answer"], third["reason"]) == ("removed", "already_removed")


def test_the_same_key_with_another_body_is_a_conflict(board):
    facts = board.post()
    board.configure(answer="refused")
    board.ask_deletion(facts)
    answer = board.ask_deletion(facts, legal_basis={"id": "another_act"})
    assert (answer.status_code, answer.json()["field"]) == (409, "Idempotency-Key")


def test_eight_requests_with_one_key_at_once_are_decided_once(board):
    facts = board.post()
    board.configure(answer="unsure")
    gate = threading.Barrier(8)

    def ask(_: int) -> httpx.Response:
        gate.wait()
        return board.ask_deletion(facts)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["reference"] for answer in answers}) == 1


def test_two_bodies_that_race_for_one_key_get_one_answer_and_one_conflict(board):
    one, other = board.post(), board.post()
    gate = threading.Barrier(2)

    def ask(facts: dict[str, str]) -> httpx.Response:
        gate.wait()
        return board.ask_deletion(facts)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, (one, other)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    seen = [board.sees(facts) for facts in (one, other)]
    assert sorted(seen) == [(200, 200), (410, 410)]


def test_an_unknown_key_or_reference_is_404(board):
    assert board.operator("GET", "/deletion-requests/by-key/never-sent").status_code == 404
    assert board.operator("GET", "/deletion-requests/R-0123456789abcdef").status_code == 404


def test_a_request_for_a_post_that_never_was_is_refused_with_its_reason(board):
    origin = str(board.web.base_url).rstrip("/")
    facts = {"page": f"{origin}/p/{'0' * 16}", "media": f"{origin}/m/{'0' * 16}"}
    answer = board.ask_deletion(facts).json()
    assert (answer["answer"], answer["reason"]) == ("refused", "no_such_item")
