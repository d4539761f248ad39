"""What a refusal says, and what is never written down of it."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from haetae.accounts.actions import issue_api_key, register_operator
from haetae.accounts.models import KeyScope, Operator
from haetae.audit.actor import SYSTEM
from haetae.common import logs
from haetae.web.api import looking, taking
from haetae.web.api.scan import keys, service
from tests.web.test_upload_check_fails import Silent
from tests.web.upload_questions import photo

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> Operator:
    monkeypatch.setattr(service, "BANK_AT_MOST_S", 0.0)
    keys._remembered.clear()
    return register_operator(name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Everything that the log would hold, as the log writes it."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.formatter())
    logging.getLogger("django").addHandler(handler)
    yield text
    logging.getLogger("django").removeHandler(handler)


def opened_by(board: Operator, *, per_minute: int) -> dict[str, str]:
    secret = issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=per_minute, actor=SYSTEM)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def asked(path: str, headers: dict[str, str], *, method: str = "GET", **more: Any) -> Any:
    return Client(raise_request_exception=False).generic(method, f"/api/v1{path}", **headers, **more)


def raising(trouble: Exception) -> Any:
    def fail(*_: object, **__: object) -> Any:
        raise trouble

    return fail


def test_a_hash_that_was_asked_about_is_in_no_line_of_the_log(board, written, monkeypatch) -> None:
    few, many = opened_by(board, per_minute=1), opened_by(board, per_minute=100)
    path = f"/hash/pdq/{HASH}"
    seen = [asked(path, few).status_code, asked(path, few).status_code, asked(path, {}).status_code]
    seen += [asked(f"{path}/", many).status_code, asked(f"{path}0", many).status_code]
    for trouble in (OperationalError("away"), RuntimeError("broken")):
        monkeypatch.setattr(looking, "bank", raising(trouble))
        seen.append(asked(path, many).status_code)
    assert seen == [200, 429, 401, 404, 400, 503, 500]
    lines = written.getvalue()
    assert lines.count("/api/v1/hash/pdq/<pdq>") == 5, "the route is enough to find the fault"
    assert HASH not in lines


def test_a_one_time_sign_in_is_in_no_line_of_the_log(written) -> None:
    Client(raise_request_exception=False).put(
        "/console/sign-in/once/a-secret/", b"x", content_type="text/plain"
    )
    assert "/console/sign-in/once/<str:secret>/" in written.getvalue()
    assert "a-secret" not in written.getvalue()


def test_a_batch_that_no_waiting_would_let_through_is_not_told_to_wait(board) -> None:
    five = opened_by(board, per_minute=5)
    body = {"data": f'{{"hashes": [{",".join([f"""{{"pdq": "{HASH}"}}"""] * 6)}]}}'}
    refused = asked("/hashes", five, method="POST", content_type="application/json", **body)
    assert (refused.status_code, refused.json()["error"]) == (400, "more_than_a_minute")
    assert "5 a minute, and here are 6" in refused.json()["message"]
    assert "Retry-After" not in refused.headers
    assert refused.headers["RateLimit-Remaining"] == "5", "it cost nothing"


def test_every_answer_to_a_key_says_how_much_it_may_still_ask(board) -> None:
    two = opened_by(board, per_minute=2)
    left = [asked(f"/hash/pdq/{HASH}", two).headers["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["1", "0", "0"]
    assert asked("/status", two).headers["RateLimit-Limit"] == "2"
    assert "RateLimit-Limit" not in asked("/status", {}).headers


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "no_such_address"),
        ("GET", "/", 404, "no_such_address"),
        ("GET", "/hashes", 405, "method"),
        ("DELETE", "/status", 405, "method"),
    ],
)
def test_what_is_not_there_is_said_in_the_shape_of_every_refusal(board, method, path, status, code) -> None:
    refused = asked(path, opened_by(board, per_minute=9), method=method)
    assert (refused.status_code, refused.json()["error"]) == (status, code)
    assert set(refused.json()) == {"error", "field", "message"}


def test_a_fault_of_ours_is_said_in_the_same_shape(board, monkeypatch) -> None:
    monkeypatch.setattr(looking, "bank", raising(RuntimeError("a word of the inside")))
    refused = asked("/status", opened_by(board, per_minute=9))
    assert (refused.status_code, refused.json()["error"]) == (500, "broken")
    assert b"inside" not in refused.content


def test_a_file_that_comes_too_slowly_is_refused_and_its_place_stays_taken_until_it_ends(
    board, monkeypatch
) -> None:
    monkeypatch.setattr(taking, "BODY_WITHIN_S", 0.05)
    request = RequestFactory().post("/api/v1/media", photo("coffee"), content_type="image/jpeg")
    request._stream = silent = Silent()
    request.META["haetae.asker"] = keys.Asker(key=board.pk, holder=board.pk, per_minute=9)
    operation = service.api.urls[0]
    view = next(pattern.callback for pattern in operation if str(pattern.pattern) == "media")
    refused = view(request)
    assert refused.status_code == 408
    assert refused.headers["Connection"] == "close"
    assert taking.places._inside[board.pk] == 1
    silent.gone.set()


def test_every_refusal_that_can_be_provoked_is_declared_for_its_address(board, monkeypatch) -> None:
    told = Client().get("/api/v1/openapi.json").json()["paths"]
    one, many = opened_by(board, per_minute=1), opened_by(board, per_minute=100)
    asked(f"/hash/pdq/{HASH}", one)
    json, picture = {"content_type": "application/json"}, {"content_type": "image/jpeg", "data": b"x"}
    questions = [
        ("/hash/pdq/{pdq}", "GET", many | {"path": "/hash/pdq/0f"}, {}),
        ("/hash/pdq/{pdq}", "GET", one | {"path": f"/hash/pdq/{HASH}"}, {}),
        ("/hashes", "POST", many, json | {"data": "{"}),
        ("/hashes", "POST", many, json | {"data": "{}", "CONTENT_LENGTH": ""}),
        ("/hashes", "POST", many, json | {"data": "{}", "CONTENT_LENGTH": str(10**9)}),
        ("/media", "POST", many, picture | {"content_type": "text/plain"}),
        ("/media", "POST", one, picture),
        ("/media", "POST", {}, picture),
        ("/media/batch", "POST", many, picture),
        ("/media/batch", "POST", many, {"content_type": "multipart/form-data; boundary=b", "data": b"--b--"}),
        ("/media/batch", "POST", one, {"content_type": "multipart/form-data; boundary=b", "data": b"--b--"}),
        ("/media/batch", "POST", many, picture | {"CONTENT_LENGTH": str(10**9)}),
        ("/status", "GET", {}, {}),
    ]
    seen = set()
    for template, method, headers, more in questions:
        seen.add((template, method, asked(headers.pop("path", template), headers, method=method, **more)))
    for trouble in (OperationalError("away"), RuntimeError("broken")):
        monkeypatch.setattr(looking, "bank", raising(trouble))
        seen.add(("/status", "GET", asked("/status", many)))
    assert {answer.status_code for _, _, answer in seen} == {400, 401, 411, 413, 415, 429, 500, 503}
    for template, method, answer in seen:
        declared = told[f"/api/v1{template}"][method.lower()]["responses"]
        assert str(answer.status_code) in declared, (template, answer.status_code)
        assert set(answer.json()) == {"error", "field", "message"}
