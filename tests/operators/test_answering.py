"""Answers with a key and answers with a signature: what is bad is refused with the sentence, and recorded."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import end_signing_key, new_shared_key, register_public_key
from haetae.accounts.signing.queries import in_force
from haetae.audit.actor import SYSTEM
from haetae.common import clock, webhooks
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.answers.models import Inbound, Knock
from haetae.operators.trials.actions import begin_trial
from haetae.operators.trials.models import Trial
from haetae.web.api.operators import signed
from haetae.web.api.rates import Rates
from haetae.web.api.scan import keys
from tests.operators.asking import ROOT, Caller, registered, request_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_network")]
Clock = time_machine.Traveller


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    keys._remembered.clear()


@pytest.fixture
def board(db: None) -> Operator:
    return registered()


@pytest.fixture
def asked(board: Operator, clock_: Clock) -> DeletionRequest:
    return request_to(board)


def state_of(request: DeletionRequest) -> str:
    request.refresh_from_db()
    return request.state


def recorded() -> list[str]:
    """In no order: the clock of these tests stands still."""
    return sorted(Inbound.objects.values_list("outcome", flat=True))


BAD = [
    (b"\xff", 400, "malformed"),
    (b"[]", 400, "malformed"),
    (b"[" * 10_000, 400, "malformed"),
    (b'{"word": "removed"}', 422, "unknown_schema"),
    (b'{"schema": "answer/2", "word": "removed"}', 422, "unknown_schema"),
    (b'{"schema": "answer/1", "word": "deleted"}', 400, "malformed"),
    (b'{"schema": "answer/1", "word": []}', 400, "malformed"),
    (b'{"schema": "answer/1", "word": "removed", "reference": "two words"}', 400, "malformed"),
    (b'{"schema": "answer/1", "word": "unsure", "blocked": "yes"}', 400, "malformed"),
    (b'{"schema": "answer/1", "word": "refused"}', 400, "reason_missing"),
    (b'{"schema": "answer/1", "word": "refused", "reason": "busy"}', 400, "malformed"),
    (b'{"schema": "answer/1", "word": "hidden"}', 409, "nothing_hidden"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD, ids=range(len(BAD)))
def test_what_is_no_answer_is_refused_with_the_sentence_and_recorded(
    board: Operator, asked: DeletionRequest, body: bytes, status: int, code: str
) -> None:
    refused = Caller(board).answer(asked.key, body)
    told = refused.json()
    assert (refused.status_code, told["error"]) == (status, code)
    assert told["message"].endswith(".")
    assert state_of(asked) == "requested"
    assert recorded() == [code]


def test_an_answer_with_a_key_is_taken_once_and_nobody_answers_for_another(
    board: Operator, asked: DeletionRequest
) -> None:
    caller = Caller(board)
    assert caller.answer(asked.key, {"word": "unsure"}, message_id="m-1").json()["outcome"] == "taken"
    assert caller.answer(asked.key, {"word": "removed"}, message_id="m-1").json()["error"] == "replayed"
    assert state_of(asked) == "unsure"
    other = Caller(registered(name="other"))
    refused = other.answer(asked.key, {"word": "removed"})
    assert (refused.status_code, refused.json()["error"]) == (404, "not_yours")
    assert caller.answer(uuid4(), {"word": "removed"}).json()["error"] == "unknown_request"
    assert caller.answer(asked.pk, {"word": "removed"}).json()["outcome"] == "taken"
    assert caller.answer(asked.key, {"word": "unsure"}).json()["error"] == "too_late"
    assert recorded() == ["not_yours", "replayed", "taken", "taken", "too_late", "unknown_request"]


def send(
    operator_id: UUID | str, said: Mapping[str, Any] | bytes, headers: Mapping[str, str], **more: Any
) -> Any:
    body = said if isinstance(said, bytes) else _body(said)
    client = Client(raise_request_exception=False)
    named = {**headers, "haetae-operator": str(operator_id)} if operator_id else dict(headers)
    return client.generic(
        "POST", f"{ROOT}/answers", body, content_type="application/json", headers=named, **more
    )


def _body(said: Mapping[str, Any]) -> bytes:
    return json.dumps({"schema": "answer/1", **said}).encode()


def sign(said: Mapping[str, Any], *, message_id: str = "msg_1", **keys_: Any) -> dict[str, str]:
    with_ = {"secrets": [], "signers": [], **keys_}
    return webhooks.headers_for(message_id=message_id, at=clock.now(), body=_body(said), **with_)


@pytest.mark.parametrize("kind", ["v1", "v1a"])
def test_an_answer_with_a_good_signature_is_taken_once(
    board: Operator, asked: DeletionRequest, kind: str
) -> None:
    own = Ed25519PrivateKey.generate()
    register_public_key(operator=board, public_key=webhooks.public_text(own.public_key()), actor=SYSTEM)
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    said = {"request": str(asked.key), "word": "removed", "reference": "op-7"}
    headers = sign(said, secrets=[secret]) if kind == "v1" else sign(said, signers=[own])
    assert send(board.pk, said, headers).json()["outcome"] == "taken"
    again = send(board.pk, said, headers)
    assert (again.status_code, again.json()["error"]) == (409, "replayed")
    assert state_of(asked) == "claimed"
    assert recorded() == ["replayed", "taken"]


def test_a_key_that_has_ended_signs_nothing_any_more_and_the_new_one_does(
    board: Operator, asked: DeletionRequest
) -> None:
    old = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    (row,) = in_force(board.pk, KeyUse.THEY_SIGN_SHARED)
    new = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    said = {"request": str(asked.key), "word": "received"}
    assert send(board.pk, said, sign(said, secrets=[old])).status_code == 200
    end_signing_key(key_id=row.pk, operator=board, actor=SYSTEM)
    ended = send(board.pk, said, sign(said, secrets=[old], message_id="msg_2"))
    assert (ended.status_code, ended.json()["error"]) == (401, "bad_signature")
    assert send(board.pk, said, sign(said, secrets=[new], message_id="msg_2")).status_code == 200


def test_what_is_signed_by_nobody_we_know_is_counted_and_fills_no_operators_record(
    board: Operator, asked: DeletionRequest
) -> None:
    """The secret with which we sign is not the one with which they do, and one operator's is no other's."""
    ours = new_shared_key(operator=board, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    theirs = new_shared_key(operator=registered(name="other"), use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    said = {"request": str(asked.key), "word": "removed"}
    good = sign(said, secrets=[secret])
    refusals = {
        "unsigned": [send(board.pk, said, {}), send("", said, good)],
        "bad_signature": [
            send(board.pk, said, sign(said, secrets=[theirs])),
            send(board.pk, said, sign(said, secrets=[ours])),
            send(uuid4(), said, good),
            send("nobody", said, good),
            send(board.pk, {**said, "word": "unsure"}, good),
            send(board.pk, said, {**good, "webhook-id": "msg_2"}),
            send(board.pk, said, {**good, "webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)}),
        ],
    }
    for code, refused in refusals.items():
        assert {(one.status_code, one.json()["error"]) for one in refused} == {(401, code)}
    assert {knock.outcome: knock.count for knock in Knock.objects.all()} == {
        "unsigned": 2,
        "bad_signature": 7,
    }
    assert recorded() == []
    assert state_of(asked) == "requested"


@pytest.mark.parametrize(("minutes", "is_taken"), [(-6, False), (-4, True), (4, True), (6, False)])
def test_what_was_signed_long_ago_or_far_ahead_is_refused_and_recorded(
    board: Operator, asked: DeletionRequest, clock_: Clock, minutes: int, is_taken: bool
) -> None:
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    said = {"request": str(asked.key), "word": "removed"}
    headers = sign(said, secrets=[secret])
    clock_.shift(timedelta(minutes=-minutes))
    answer = send(board.pk, said, headers)
    assert (answer.status_code == 200) is is_taken
    assert recorded() == ["taken" if is_taken else "stale"]


def test_an_exercise_is_answered_by_signature_too(board: Operator) -> None:
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    begin_trial(operator=board, actor=SYSTEM)
    trial = Trial.objects.get()
    said = {"request": str(trial.key), "word": "unsure", "blocked": True}
    headers = sign(said, secrets=[secret])
    assert send(board.pk, said, headers).json()["outcome"] == "taken"
    assert send(board.pk, said, headers).json()["error"] == "replayed"
    assert [one.word for one in trial.answers.all()] == ["unsure"]


def test_too_much_too_often_or_by_another_method_is_refused(
    board: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    large = b'{"schema": "answer/1"' + b" " * 20_000 + b"}"
    assert send(board.pk, large, {}).json()["error"] == "too_large"
    assert Caller(board).answer(uuid4(), large).json()["error"] == "too_large"
    assert Client().get(f"{ROOT}/answers").headers["Allow"] == "POST"
    monkeypatch.setattr(signed, "PER_MINUTE", 1)
    monkeypatch.setattr(signed, "rates", Rates())
    said = {"request": str(uuid4()), "word": "removed"}
    told = [send(board.pk, said, sign(said, secrets=[secret], message_id=f"m{n}")) for n in range(2)]
    assert [one.status_code for one in told] == [404, 429]
    assert int(told[1].headers["Retry-After"]) >= 1


def test_our_public_key_and_the_description_are_open_and_true(board: Operator) -> None:
    (key,) = Client().get(f"{ROOT}/keys.json").json()["keys"]
    assert (key["kind"], len(key["public_key"])) == ("v1a", len("whpk_") + 44)
    told = Client().get(f"{ROOT}/openapi.json").json()
    assert {f"{ROOT}/me", f"{ROOT}/requests/", f"{ROOT}/answers", f"{ROOT}/keys.json"} <= set(told["paths"])
    body = told["paths"][f"{ROOT}/answers"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["schema", "word", "request"]
    assert body["properties"]["schema"] == {"const": "answer/1"}
