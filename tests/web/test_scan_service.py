"""An operator asks about files and hashes, and learns what follows and no more of the list than what it found."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from PIL import Image, ImageOps

from haetae.accounts.actions import end_api_keys, issue_api_key, register_operator
from haetae.accounts.models import KeyScope, Operator
from haetae.audit.actor import SYSTEM
from haetae.detect import Bank, OpenerPool, examine
from haetae.hashbank.actions import withdraw_known_picture
from haetae.hashbank.models import KnownPicture
from haetae.web.api import looking, taking
from haetae.web.api.scan import keys, schemas, service
from tests.web.upload_questions import make_known, photo

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]


@pytest.fixture
def board() -> Operator:
    return register_operator(name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM)


@pytest.fixture(autouse=True)
def always_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank of this process may be a quarter of a second old, and keys a second; a story waits for neither."""
    monkeypatch.setattr(service, "BANK_AT_MOST_S", 0.0)
    keys._remembered.clear()


def asking(secret: str) -> Ask:
    browser = Client(raise_request_exception=False)

    def ask(
        path: str, body: Any = None, *, method: str = "POST", kind: str = "application/json", **more: Any
    ) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}", **more}
        answer = browser.generic(method, f"/api/v1{path}", data, content_type=kind, **headers)
        if answer.status_code == 200 and path != "/status":
            is_as_declared(answer.content, path=path)
        return answer

    return ask


def is_as_declared(content: bytes, *, path: str) -> None:
    """Every field of the description and no other, each of its type."""
    declared = {"/hashes": schemas.HashesOut, "/media": schemas.MediaAnswer}.get(path, schemas.Answer)
    assert declared.model_validate_json(content, strict=True).model_dump() == json.loads(content)


@pytest.fixture
def ask(board: Operator) -> Ask:
    return asking(issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=10_000, actor=SYSTEM))


def prints(picture: bytes) -> dict[str, str]:
    with OpenerPool() as openers:
        found = examine(picture, bank=Bank(), openers=openers).fingerprints
    whole = found.perceptual[0]
    return {"pdq": whole.pdq, "dhash": whole.dhash, "sha256": found.sha256, "md5": found.md5}


def mirrored(picture: bytes) -> bytes:
    written = BytesIO()
    ImageOps.mirror(Image.open(BytesIO(picture))).save(written, "JPEG", quality=80)
    return written.getvalue()


def test_a_known_file_is_a_request_with_what_it_matches(ask: Ask) -> None:
    make_known(photo("coffee"))
    answer = ask("/media", photo("coffee"), kind="image/jpeg").json()
    assert (answer["decision"], answer["match_type"], answer["format"]) == ("request", "exact", "jpeg")
    (match,) = answer["matches"]
    assert match == {
        "entry": str(KnownPicture.objects.get().pk), "list_name": "test", "tier": 2, "distance_bits": 0, "exact": True,
        "confirmed": True, "variant": "file", "turn": "upright", "harmless": False, "at_ms": None,
        "from_ms": None, "to_ms": None, "share_percent": None, "film": False,
    }  # fmt: skip
    assert "matches entry" in answer["reasons"][0]["words"]


def test_a_mirrored_copy_is_near_and_says_how_it_must_be_turned(ask: Ask) -> None:
    make_known(photo("coffee"))
    answer = ask("/media", mirrored(photo("coffee")), kind="application/octet-stream").json()
    assert (answer["decision"], answer["match_type"]) == ("request", "near")
    assert answer["matches"][0]["turn"] == "mirrored"


def test_what_is_not_known_is_nothing_and_what_does_not_open_is_undetermined(ask: Ask) -> None:
    answer = ask("/media", photo("rocket"), kind="image/jpeg").json()
    assert (answer["decision"], answer["match_type"], answer["matches"]) == ("nothing", "none", [])
    broken = ask("/media", photo("rocket")[:2_000], kind="image/jpeg").json()
    assert broken["decision"] == "undetermined"


def test_a_batch_of_hashes_is_answered_in_its_order(ask: Ask) -> None:
    make_known(photo("coffee"))
    both, known = prints(photo("coffee")), prints(photo("rocket"))
    asked = [
        {"pdq": both["pdq"], "dhash": both["dhash"], "reference": "a"},
        {"pdq": both["pdq"].upper(), "reference": "pdq alone, in capitals"},
        {"pdq": known["pdq"], "dhash": known["dhash"]},
        {"sha256": both["sha256"]},
    ]
    answer = ask("/hashes", {"hashes": asked}).json()
    assert [one["decision"] for one in answer["results"]] == ["request", "review", "nothing", "request"]
    assert [one["reference"] for one in answer["results"]] == ["a", "pdq alone, in capitals", "", ""]
    assert answer["bank_version"] == KnownPicture.objects.get().version


def test_one_pdq_is_looked_up_by_its_address_and_never_a_request(ask: Ask) -> None:
    make_known(photo("coffee"))
    answer = ask(f"/hash/pdq/{prints(photo('coffee'))['pdq']}", method="GET").json()
    assert (answer["decision"], answer["match_type"]) == ("review", "near")
    assert not answer["matches"][0]["confirmed"]


def test_a_withdrawn_hash_is_gone_from_the_next_answer(ask: Ask) -> None:
    make_known(photo("coffee"))
    asked = {"hashes": [{"sha256": prints(photo("coffee"))["sha256"]}]}
    assert ask("/hashes", asked).json()["results"][0]["matches"]
    withdraw_known_picture(known_id=KnownPicture.objects.get().pk, actor=SYSTEM)
    assert not ask("/hashes", asked).json()["results"][0]["matches"]


BAD = [
    ("/hashes", {"hashes": [{"pdq": "0f"}]}, 400, "invalid", "hashes.0.pdq"),
    ("/hashes", {"hashes": [{"pdq": "0f" * 32}, {"pdq": "zz" * 32}]}, 400, "invalid", "hashes.1.pdq"),
    ("/hashes", {"hashes": [{"md5": "0f" * 32}]}, 400, "invalid", "hashes.0.md5"),
    ("/hashes", {"hashes": [{"phash": "0f" * 32}]}, 400, "invalid", "hashes.0.phash"),
    ("/hashes", {"hashes": [{"dhash": "0f" * 32}]}, 400, "no_hash", "hashes.0"),
    ("/hashes", {"hashes": []}, 400, "invalid", "hashes"),
    ("/hashes", {"hashes": [{"pdq": "0f" * 32}] * 1_001}, 400, "invalid", "hashes"),
    ("/hashes", {}, 400, "invalid", "hashes"),
    ("/hashes", b"no json", 400, "unreadable", "body"),
    ("/hashes", b"\xff\xfe", 400, "unreadable", "body"),
]


@pytest.mark.parametrize(("path", "body", "status", "code", "field"), BAD)
def test_a_bad_question_is_refused_by_the_name_of_what_is_wrong(
    ask: Ask, path, body, status, code, field
) -> None:
    answer = ask(path, body)
    told = answer.json()
    assert (answer.status_code, told["error"], told["field"]) == (status, code, field)
    assert told["message"]


def test_a_bad_hash_in_the_address_and_a_file_of_another_kind_are_refused(ask: Ask) -> None:
    wrong = ask("/hash/pdq/0f0f", method="GET")
    assert (wrong.status_code, wrong.json()["field"]) == (400, "pdq")
    other = ask("/media", b"{}", kind="application/json")
    assert (other.status_code, other.json()["field"]) == (415, "Content-Type")
    empty = ask("/media", b"", kind="image/jpeg", CONTENT_LENGTH="0")
    assert (empty.status_code, empty.json()["field"]) == (400, "body")
    huge = ask("/media", b"x", kind="image/jpeg", CONTENT_LENGTH=str(10**12))
    assert (huge.status_code, huge.json()["field"]) == (413, "body")
    assert ask("/hashes", {"hashes": []}, CONTENT_LENGTH=str(10**7)).status_code == 413
    assert ask("/hashes", method="GET").status_code == 405


def test_without_a_key_in_force_for_scanning_nothing_opens(board: Operator) -> None:
    secret = issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=10, actor=SYSTEM)
    other = issue_api_key(holder=board, scope=KeyScope.LISTS_READ, per_minute=10, actor=SYSTEM)
    assert asking(secret)("/status", method="GET").json() == {"ok": True, "bank_version": 0}
    refusals = [
        Client().get("/api/v1/status"),
        asking("guess")("/status", method="GET"),
        asking(other)("/status", method="GET"),
        asking("")("/media", b"x", kind="image/jpeg"),
    ]
    assert {refused.status_code for refused in refusals} == {401}
    assert len({refused.content for refused in refusals}) == 1, "which part was wrong is not said"
    end_api_keys(holder=board, scope=KeyScope.SCAN, actor=SYSTEM)
    keys._remembered.clear()  # what a second does
    assert asking(secret)("/status", method="GET").status_code == 401


def test_a_key_is_remembered_for_a_second_and_no_longer(
    board: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=10, actor=SYSTEM)
    ask = asking(secret)
    assert ask("/status", method="GET").status_code == 200
    end_api_keys(holder=board, scope=KeyScope.SCAN, actor=SYSTEM)
    assert ask("/status", method="GET").status_code == 200
    monkeypatch.setattr(keys, "REMEMBERED_S", -1.0)
    assert ask("/status", method="GET").status_code == 401


def test_more_hashes_than_a_key_may_ask_about_are_refused_with_when_to_come_back(board: Operator) -> None:
    ask = asking(issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=5, actor=SYSTEM))
    few = {"hashes": [{"pdq": "0f" * 32}] * 3}
    assert ask("/hashes", few).status_code == 200
    refused = ask("/hashes", few)
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert ask(f"/hash/pdq/{'0f' * 32}", method="GET").status_code == 200, "two are left"


def test_what_we_cannot_do_is_said_as_ours(
    ask: Ask, board: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    while taking.places.enter(board.pk):
        pass
    try:
        full = ask("/media", photo("coffee"), kind="image/jpeg")
        assert (full.status_code, full.json()["error"]) == (503, "busy")
        assert full.headers["Retry-After"]
    finally:
        taking.places._inside.clear()
    for trouble, code in ((looking.BusyError(), "busy"), (looking.NoOpenerError(), "no_opener")):
        monkeypatch.setattr(looking, "look_with", _raising(trouble))
        assert ask("/media", photo("coffee"), kind="image/jpeg").json()["error"] == code
    monkeypatch.setattr(looking, "bank", _raising(OperationalError("away")))
    away = ask("/hashes", {"hashes": [{"pdq": "0f" * 32}]})
    assert (away.status_code, away.json()["error"]) == (503, "database_away")


def _raising(trouble: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise trouble

    return fail


def test_the_description_for_machines_is_open_and_declares_every_refusal() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    paths = {
        "/api/v1/status",
        "/api/v1/hash/pdq/{pdq}",
        "/api/v1/hashes",
        "/api/v1/media",
        "/api/v1/media/batch",
    }
    assert set(told["paths"]) == paths
    for path in paths:
        for described in told["paths"][path].values():
            assert {"200", "400", "401", "405", "408", "411", "413", "415", "429", "503"} <= set(
                described["responses"]
            )
    assert Client().get("/api/v1/docs").status_code == 404, "a page of scripts from elsewhere"


def test_a_program_made_out_of_the_description_shows_a_key_and_sends_the_file() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    (needed,) = told["security"]
    (scheme,) = (told["components"]["securitySchemes"][name] for name in needed)
    assert scheme == {"type": "http", "scheme": "bearer"}
    body = told["paths"]["/api/v1/media"]["post"]["requestBody"]
    assert body["required"]
    assert set(body["content"]) == {"application/octet-stream", "image/*", "video/*"}


def test_nothing_of_a_question_is_kept(ask: Ask) -> None:
    from django.apps import apps

    def rows() -> dict[str, int]:
        # How much a key has asked this minute is counted, and by then forgotten.
        models = [model for model in apps.get_models() if model._meta.label != "limits.Bucket"]
        return {model._meta.label: model._default_manager.count() for model in models}

    ask("/status", method="GET")
    before = rows()
    ask("/media", photo("rocket"), kind="image/jpeg")
    ask("/hashes", {"hashes": [{"pdq": "0f" * 32}]})
    assert rows() == before
