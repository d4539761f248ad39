"""Many files in one question: each has its own answer, and what is wrong with one is no matter to the others."""

import json
import threading
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from haetae.accounts.actions import issue_api_key, register_operator
from haetae.accounts.models import KeyScope, Operator
from haetae.audit.actor import SYSTEM
from haetae.web.api import looking, taking
from haetae.web.api.scan import batch, keys, service
from haetae.web.api.scan.schemas import FILES_MOST
from tests.detect.media_files import encoded
from tests.detect.test_animations import HARMLESS, KNOWN, moving
from tests.web.upload_questions import make_known, photo

pytestmark = pytest.mark.django_db
BOUNDARY = "a-line-between"
SMALL = encoded(KNOWN)


@pytest.fixture(autouse=True)
def always_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BANK_AT_MOST_S", 0.0)
    keys._remembered.clear()


@pytest.fixture
def board() -> Operator:
    return register_operator(name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM)


def key(board: Operator, *, per_minute: int = 10_000, scope: KeyScope = KeyScope.SCAN) -> str:
    return issue_api_key(holder=board, scope=scope, per_minute=per_minute, actor=SYSTEM)


def part(data: bytes, name: str = "file", file_name: str = "a.jpg", **headers: str) -> bytes:
    rows = [f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"']
    rows += [f"{header.replace('_', '-')}: {value}" for header, value in headers.items()]
    return "\r\n".join(rows).encode() + b"\r\n\r\n" + data


def body_of(*parts: bytes) -> bytes:
    line = f"--{BOUNDARY}".encode()
    return b"".join(line + b"\r\n" + one + b"\r\n" for one in parts) + line + b"--\r\n"


def ask(
    secret: str, body: bytes, *, kind: str = f"multipart/form-data; boundary={BOUNDARY}", **more: Any
) -> Any:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}", **more}
    browser = Client(raise_request_exception=False)
    return browser.generic("POST", "/api/v1/media/batch", body, content_type=kind, **headers)


def test_each_file_has_its_own_answer_in_the_order_of_the_question(board) -> None:
    make_known(photo("coffee"))
    names = ["coffee", "rocket", "gravel"]
    parts = [part(photo(name), file_name=f"{name}.jpg", Content_Type="image/jpeg") for name in names]
    answer = ask(key(board), body_of(*parts))
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [one["reference"] for one in results] == ["coffee.jpg", "rocket.jpg", "gravel.jpg"]
    assert [one["answer"]["decision"] for one in results] == ["request", "nothing", "nothing"]
    assert [one["refusal"] for one in results] == [None] * 3
    assert results[0]["answer"]["matches"][0]["exact"]


def test_the_answer_is_that_of_the_file_asked_about_alone(board) -> None:
    make_known(photo("coffee"))
    secret, browser = key(board), Client()
    (in_batch,) = ask(secret, body_of(part(photo("coffee"), file_name=""))).json()["results"]
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    alone = browser.generic("POST", "/api/v1/media", photo("coffee"), content_type="image/jpeg", **headers)
    assert in_batch["answer"] == alone.json()


def test_one_poisoned_file_spoils_no_other(board) -> None:
    files = [
        part(photo("coffee")),
        part(b""),
        part(photo("rocket")[:900]),
        part(b"<svg/>", Content_Type="image/svg+xml"),
        part(b"{}", Content_Type="application/json"),
        part(SMALL, Content_Transfer_Encoding="base64"),
        part(SMALL, file_name='the last, with "quotes"'.replace('"', '\\"')),
    ]
    results = ask(key(board), body_of(*files)).json()["results"]
    told = [one["answer"]["decision"] if one["answer"] else one["refusal"]["error"] for one in results]
    assert told == [
        "nothing", "body_empty", "undetermined", "undetermined", "content_type", "encoded", "nothing",
    ]  # fmt: skip
    assert [one["refusal"]["field"] for one in results if one["refusal"]] == ["parts.1", "parts.4", "parts.5"]
    assert results[-1]["reference"] == 'the last, with "quotes"'


def test_the_same_file_twice_is_answered_twice_and_counts_twice(board) -> None:
    answer = ask(key(board, per_minute=5), body_of(part(SMALL), part(SMALL)))
    one, other = answer.json()["results"]
    assert one == other
    assert answer.headers["RateLimit-Remaining"] == "3"


def test_a_known_second_frame_of_an_animation_is_told_with_its_time(board) -> None:
    make_known(encoded(KNOWN))
    data = moving([HARMLESS, KNOWN], duration=2_000)
    (result,) = ask(key(board), body_of(part(data))).json()["results"]
    assert result["answer"]["decision"] == "request"
    assert result["answer"]["matches"][0]["at_ms"] == 2_000


BAD_BODIES = [
    (body_of(), 400, "no_file", "file"),
    (body_of(*[part(b"x")] * (FILES_MOST + 1)), 400, "too_many_files", "file"),
    (body_of(*[part(b"x")] * 1_001), 400, "too_many_files", "file"),
    (body_of(part(SMALL), part(SMALL, name="picture")), 400, "unknown_part", "parts.1"),
    (body_of(part(SMALL), b"Content-Type: image/png\r\n\r\n" + SMALL), 400, "unreadable", "parts.1"),
    (body_of(b'Content-Disposition: form-data; filename="a"\r\n\r\nx'), 400, "unreadable", "parts.0"),
    (body_of(b"no header at all"), 400, "unreadable", "parts.0"),
    (body_of(b"a line without a colon\r\n\r\nx"), 400, "unreadable", "parts.0"),
    (body_of(part(SMALL), part(SMALL))[:-80], 400, "unreadable", "parts.1"),
    (b"something else", 400, "unreadable", "body"),
    (b"\r\n", 400, "unreadable", "body"),
    (f"--{BOUNDARY}".encode(), 400, "unreadable", "parts.0"),
]


@pytest.mark.parametrize(("body", "status", "code", "field"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_body_that_cannot_be_read_is_refused_by_the_name_of_what_is_wrong(
    board, body, status, code, field
) -> None:
    secret = key(board, per_minute=100)
    refused = ask(secret, body)
    told = refused.json()
    assert (refused.status_code, told["error"], told["field"]) == (status, code, field)
    assert refused.headers["RateLimit-Remaining"] == "100", "what was not examined costs nothing"


def test_what_is_no_form_is_refused_unread(board) -> None:
    secret = key(board)
    for kind, status, field in (
        ("image/jpeg", 415, "Content-Type"),
        ("application/json", 415, "Content-Type"),
        ("multipart/mixed; boundary=x", 415, "Content-Type"),
        ("multipart/form-data", 400, "Content-Type"),
        ("multipart/form-data; boundary=" + "x" * 71, 400, "Content-Type"),
    ):
        refused = ask(secret, body_of(part(SMALL)), kind=kind)
        assert (refused.status_code, refused.json()["field"]) == (status, field), kind
        assert refused.headers["Connection"] == "close"
    assert ask(secret, b"x", CONTENT_LENGTH=str(10**12)).status_code == 413
    cut_off = ask(secret, b"x", CONTENT_LENGTH="9")
    assert (cut_off.status_code, cut_off.json()["error"]) == (400, "body_incomplete")


def test_only_a_key_for_scanning_opens_it(board) -> None:
    body = body_of(part(SMALL))
    refused = [ask("guess", body), ask(key(board, scope=KeyScope.LISTS_READ), body)]
    assert {one.status_code for one in refused} == {401}
    assert len({one.content for one in refused}) == 1


def test_files_count_and_not_batches(board) -> None:
    secret = key(board, per_minute=5)
    three = body_of(*[part(SMALL)] * 3)
    assert ask(secret, three).status_code == 200
    refused = ask(secret, three)
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many")
    assert refused.headers["RateLimit-Remaining"] == "2", "a refused batch costs nothing"
    assert ask(secret, body_of(*[part(SMALL)] * 6)).json()["error"] == "more_than_a_minute"
    assert ask(secret, body_of(part(SMALL), part(SMALL))).status_code == 200
    unread = ask(secret, three)
    assert (unread.status_code, unread.headers["Connection"]) == (429, "close")


def test_while_every_opener_is_at_work_each_file_is_told_so_and_none_waits_for_ever(
    board, monkeypatch
) -> None:
    monkeypatch.setattr(batch, "WITHIN_S", 0.5)
    secret, body = key(board), body_of(part(SMALL), part(SMALL))
    for _ in range(looking.OF_BATCHES_AT_ONCE):
        assert looking._turns_of_batches.take(within_s=1)
    try:
        full = ask(secret, body)
        assert (full.status_code, full.json()["error"]) == (503, "busy")
        mixed = ask(secret, body_of(part(SMALL), part(b""))).json()["results"]
        assert [one["refusal"]["error"] for one in mixed] == ["busy", "body_empty"]
    finally:
        for _ in range(looking.OF_BATCHES_AT_ONCE):
            looking._turns_of_batches.give_back()
    monkeypatch.undo()
    assert ask(secret, body).status_code == 200


def test_whoever_asks_about_one_file_waits_for_no_batch(board) -> None:
    """Two files of batches hang in their openers, and more wait behind them."""
    secret = key(board)
    for _ in range(looking.OF_BATCHES_AT_ONCE):
        assert looking._turns_of_batches.take(within_s=1)
    try:
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
        one = Client().generic("POST", "/api/v1/media", SMALL, content_type="image/png", **headers)
        assert one.status_code == 200
    finally:
        for _ in range(looking.OF_BATCHES_AT_ONCE):
            looking._turns_of_batches.give_back()


def test_a_file_of_a_batch_waits_for_its_turn_longer_than_one_that_comes_alone(board, monkeypatch) -> None:
    """Beside slow files of another batch it would otherwise be told after a second that all are busy."""
    monkeypatch.setattr(looking, "PATIENCE_S", 0.0)
    for _ in range(looking.OF_BATCHES_AT_ONCE):
        assert looking._turns_of_batches.take(within_s=1)
    threading.Timer(0.3, looking._turns_of_batches.give_back).start()
    try:
        assert ask(key(board), body_of(part(SMALL))).json()["results"][0]["answer"]
    finally:
        looking._turns_of_batches.give_back()


def test_without_a_place_or_a_database_the_whole_is_refused_as_ours(board, monkeypatch) -> None:
    secret, body = key(board), body_of(part(SMALL))
    while taking.places.enter(board.pk):
        pass
    try:
        assert ask(secret, body).json()["error"] == "busy"
    finally:
        taking.places._inside.clear()
    monkeypatch.setattr(looking, "look_in_batch", _raising(looking.NoOpenerError()))
    assert ask(secret, body).json()["error"] == "no_opener"
    monkeypatch.setattr(looking, "bank", _raising(OperationalError("away")))
    assert ask(secret, body).json()["error"] == "database_away"


def _raising(trouble: Exception) -> Any:
    def fail(*_: object, **__: object) -> Any:
        raise trouble

    return fail


def test_files_behind_the_time_of_a_batch_are_told_so(board, monkeypatch) -> None:
    slow = looking.look_in_batch

    def slower(*given: Any, **named: Any) -> Any:
        time.sleep(0.8)
        return slow(*given, **named)

    monkeypatch.setattr(looking, "look_in_batch", slower)
    monkeypatch.setattr(batch, "WITHIN_S", 0.5)
    results = ask(key(board), body_of(*[part(SMALL)] * 6)).json()["results"]
    assert results[0]["answer"]
    assert results[-1]["refusal"]["error"] == "late"


def test_files_of_a_batch_are_examined_side_by_side(board, monkeypatch) -> None:
    inside, most = [0], [0]
    look, lock = looking.examine, threading.Lock()

    def watched(*given: Any, **named: Any) -> Any:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.05)
        try:
            return look(*given, **named)
        finally:
            with lock:
                inside[0] -= 1

    monkeypatch.setattr(looking, "examine", watched)
    assert ask(key(board), body_of(*[part(SMALL)] * 6)).status_code == 200
    assert most == [looking.OF_BATCHES_AT_ONCE]


def test_nothing_of_the_files_is_kept_or_written_down(board) -> None:
    from django.apps import apps

    secret = key(board)
    # How much a key has asked this minute is counted, and by then forgotten.
    models = [model for model in apps.get_models() if model._meta.label != "limits.Bucket"]
    rows = {model: model._default_manager.count() for model in models}
    ask(secret, body_of(part(photo("rocket")), part(b"")))
    assert {model: model._default_manager.count() for model in models} == rows


def test_the_description_names_the_part_and_how_many() -> None:
    told = Client().get("/api/v1/openapi.json").json()["paths"]["/api/v1/media/batch"]["post"]
    schema = told["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert schema["properties"]["file"]["maxItems"] == FILES_MOST
    assert json.dumps(told["responses"]["200"]).count("FilesOut") == 1
