"""An operator in doubt hides a picture for now, obeys a regulator's decision, or only says that it did."""

import hashlib
import json

import pytest

BY_KEY = "/deletion-requests/by-key/first"


def state_of(facts, *, board) -> str:
    return board.operator("GET", f"/media/{facts['id']}").json()["state"]


def test_an_unsure_operator_hides_the_picture_for_now_by_itself(board):
    board.configure(answer="unsure")
    facts = board.post()
    asked = board.ask_deletion(facts).json()
    assert (asked["answer"], asked["reason"], asked["blocked"]) == ("unsure", "cannot_judge", True)
    assert board.sees(facts) == (404, 404)
    assert state_of(facts, board=board) == "quarantined"
    assert board.operator("GET", BY_KEY).json() == asked
    assert len(board.media_files()) == 1


def test_blocked_tells_how_the_item_is_now_and_a_repeated_request_hides_nothing_anew(board):
    board.configure(answer="unsure")
    facts = board.post()
    reference = board.ask_deletion(facts).json()["reference"]
    board.operator("POST", f"/media/{facts['id']}/restore")
    again = board.ask_deletion(facts).json()
    assert (again["reference"], again["answer"], again["blocked"]) == (reference, "unsure", False)
    assert board.sees(facts) == (200, 200)
    board.operator("POST", f"/media/{facts['id']}/quarantine")
    assert board.operator("GET", f"/deletion-requests/{reference}").json()["blocked"] is True


def test_an_unsure_operator_that_does_not_block_says_so(board):
    board.configure(answer="unsure", unsure_blocks=False)
    facts = board.post()
    assert board.ask_deletion(facts).json()["blocked"] is False
    assert board.sees(facts) == (200, 200)


def test_an_operator_that_becomes_unsure_later_hides_the_picture_then(board):
    board.configure(answer="received", answer_later="unsure", answer_after_s=0.4)
    facts = board.post()
    first = board.ask_deletion(facts).json()
    assert (first["answer"], first["blocked"]) == ("received", False)
    assert board.comes_true(lambda: board.sees(facts) == (404, 404))
    later = board.operator("GET", BY_KEY).json()
    assert (later["answer"], later["reason"], later["blocked"]) == ("unsure", "cannot_judge", True)


def test_a_later_doubt_brings_no_removed_picture_back_into_quarantine(board):
    board.configure(answer="received", answer_later="unsure", answer_after_s=0.4)
    facts = board.post()
    board.ask_deletion(facts)
    board.ask_deletion(facts, key="decided", decision={"ordered": "remove"})
    assert board.comes_true(lambda: board.operator("GET", BY_KEY).json()["answer"] == "unsure")
    assert board.operator("GET", BY_KEY).json()["blocked"] is False
    assert board.sees(facts) == (410, 410)


def test_a_decision_to_remove_ends_the_doubt_also_of_a_quarantined_picture(board):
    board.configure(answer="unsure")
    facts = board.post()
    board.ask_deletion(facts)
    decided = board.ask_deletion(facts, key="decided", decision={"ordered": "remove"}).json()
    assert (decided["answer"], decided["reason"], decided["blocked"]) == ("removed", None, False)
    assert board.sees(facts) == (410, 410)
    assert board.media_files() == []
    assert board.operator("GET", BY_KEY).json()["blocked"] is False


def test_a_decision_to_block_access_hides_for_good_and_deletes_nothing(board):
    board.configure(answer="refused", answer_later="removed", answer_after_s=0)
    facts = board.post()
    decided = board.ask_deletion(facts, decision={"ordered": "block_access"}).json()
    assert (decided["answer"], decided["reason"], decided["blocked"]) == ("blocked", None, True)
    assert not board.comes_true(lambda: board.operator("GET", BY_KEY).json() != decided, at_most_s=0.5)
    assert board.sees(facts) == (404, 404)
    assert len(board.media_files()) == 1


@pytest.mark.parametrize("decision", ["remove", "block_access"])
def test_an_operator_that_obeys_no_decision_answers_as_it_always_does(board, decision):
    board.configure(answer="refused", obeys_decisions=False)
    facts = board.post()
    assert board.ask_deletion(facts, decision={"ordered": decision}).json()["answer"] == "refused"
    assert board.sees(facts) == (200, 200)


@pytest.mark.parametrize("decision", ["not_harmful", "", None, 1, ["remove"], {"remove": True}])
def test_what_is_no_order_is_answered_like_any_other_request(hardy_board, decision):
    hardy_board.configure(answer="refused")
    facts = hardy_board.post()
    asked = hardy_board.ask_deletion(facts, key=facts["id"], decision={"ordered": decision}).json()
    assert (asked["answer"], asked["reason"]) == ("refused", "not_convinced")


def test_a_decision_about_what_is_gone_or_never_was_changes_nothing(board):
    facts = board.post()
    board.ask_deletion(facts)
    late = board.ask_deletion(facts, key="late", decision={"ordered": "block_access"}).json()
    assert (late["answer"], late["reason"], late["blocked"]) == ("removed", "already_removed", False)
    nowhere = {name: facts[name].replace(facts["id"], "0" * 16) for name in ("page", "media")}
    lost = board.ask_deletion(nowhere, key="lost", decision={"ordered": "remove"}).json()
    assert (lost["answer"], lost["reason"], lost["blocked"]) == ("refused", "no_such_item", False)


def test_a_liar_claims_to_obey_the_decision_and_deletes_nothing(board):
    board.configure(misbehave="claims_without_deleting")
    facts = board.post()
    assert board.ask_deletion(facts, decision={"ordered": "remove"}).json()["answer"] == "removed"
    assert board.sees(facts) == (200, 200)


def test_it_claims_a_block_and_hides_nothing_until_it_stops_lying(board):
    board.configure(misbehave="claims_without_blocking", answer="unsure")
    facts = board.post()
    asked = board.ask_deletion(facts).json()
    assert (asked["answer"], asked["blocked"]) == ("unsure", True)
    decided = board.ask_deletion(facts, key="decided", decision={"ordered": "block_access"}).json()
    assert (decided["answer"], decided["blocked"]) == ("blocked", True)
    claimed = board.operator("POST", f"/media/{facts['id']}/quarantine")
    assert claimed.json() == {"id": facts["id"], "state": "quarantined"}
    assert board.sees(facts) == (200, 200)
    assert state_of(facts, board=board) == "live"
    board.configure(misbehave=None)
    assert board.operator("GET", BY_KEY).json()["blocked"] is False
    board.operator("POST", f"/media/{facts['id']}/quarantine")
    assert board.sees(facts) == (404, 404)


def test_a_liar_that_is_unsure_and_does_not_block_claims_no_block(board):
    board.configure(misbehave="claims_without_blocking", answer="unsure", unsure_blocks=False)
    assert board.ask_deletion(board.post()).json()["blocked"] is False


def test_it_claims_to_restore_and_keeps_the_picture_hidden(board):
    facts = board.post()
    board.operator("POST", f"/media/{facts['id']}/quarantine")
    board.configure(misbehave="claims_without_restoring")
    claimed = board.operator("POST", f"/media/{facts['id']}/restore")
    assert (claimed.status_code, claimed.json()) == (200, {"id": facts["id"], "state": "live"})
    assert board.sees(facts) == (404, 404)
    board.configure(misbehave=None)
    board.operator("POST", f"/media/{facts['id']}/restore")
    assert board.sees(facts) == (200, 200)


@pytest.mark.parametrize(
    ("failing", "move"),
    [("claims_without_blocking", "quarantine"), ("claims_without_restoring", "restore")],
)
def test_even_a_liar_knows_what_is_removed_and_what_never_was(board, failing, move):
    facts = board.post()
    board.ask_deletion(facts)
    board.configure(misbehave=failing)
    assert board.operator("POST", f"/media/{facts['id']}/{move}").status_code == 409
    assert board.operator("POST", f"/media/{'0' * 16}/{move}").status_code == 404


@pytest.mark.parametrize("move", ["quarantine", "restore"])
def test_a_move_may_carry_a_key_and_a_reason_which_the_log_keeps_as_a_digest(board, move):
    facts = board.post()
    body = json.dumps({"reason": "under review"}).encode()
    for _ in range(2):
        answer = board.operator(
            "POST", f"/media/{facts['id']}/{move}", content=body, headers={"Idempotency-Key": "move-1"}
        )
        assert answer.json()["id"] == facts["id"]
    lines = [line for line in board.log() if line["idempotency_key"] == "move-1"]
    assert [line["body_sha256"] for line in lines] == [hashlib.sha256(body).hexdigest()] * 2
    assert "under review" not in (board.folder / "data" / "access.log").read_text()


@pytest.mark.parametrize(
    ("content", "key", "field"), [(b"[]", "k", "body"), (b"{", "k", "body"), (b"", "a b", "Idempotency-Key")]
)
def test_a_move_with_a_broken_body_or_key_moves_nothing(hardy_board, content, key, field):
    facts = hardy_board.post()
    answer = hardy_board.operator(
        "POST", f"/media/{facts['id']}/quarantine", content=content, headers={"Idempotency-Key": key}
    )
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert hardy_board.sees(facts) == (200, 200)
