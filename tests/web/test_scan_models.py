"""A platform may ask what models say of a file: a lead with its measured error, at a price, and nobody else waits."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from haetae.accounts.actions import issue_api_key, register_operator
from haetae.accounts.models import KeyScope, Operator
from haetae.audit.actor import SYSTEM
from haetae.flow import asked_models
from haetae.web.api import looking
from haetae.web.api.scan import keys, models, schemas, service
from tests.detect.classifying import onnx_files as made
from tests.detect.classifying.test_looking import ACT, REVIEW, picture
from tests.web.test_scan_batch import BOUNDARY, body_of, part
from tests.web.upload_questions import make_known, photo

pytestmark = pytest.mark.django_db
TASKS = ["explicit", "face_manipulated", "image_generated"]
Bring = Callable[..., None]


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> Operator:
    monkeypatch.setattr(service, "BANK_AT_MOST_S", 0.0)
    keys._remembered.clear()
    return register_operator(name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bring]:
    """Put models in front, as whoever runs the system does: each says that what is bright is what it looks for."""

    def put(*tasks: str, data: bytes | None = None, **card: Any) -> None:
        for task in tasks:
            model = data or made.brightness()
            named = {"name": task.replace("_", "-"), "task": task, "thresholds": [ACT, REVIEW]}
            named |= {"calibration": made.calibration((-8.0, 0.0003), (8.0, 0.9997)), **card}
            made.put(tmp_path / task, model, made.card(model, **named))
        finder = made.bright_cells_are_faces()
        made.put(tmp_path / "finder", finder, made.finder_card(finder))
        monkeypatch.setenv("HAETAE_MODELS", str(tmp_path))
        asked_models.models.cache_clear()

    yield put
    asked_models.models.cache_clear()


def opened_by(board: Operator, *, per_minute: int = 10_000) -> str:
    return issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=per_minute, actor=SYSTEM)


def ask(
    secret: str, data: bytes, path: str = "/media?models=true", kind: str = "application/octet-stream"
) -> Any:
    browser = Client(raise_request_exception=False)
    return browser.generic(
        "POST", f"/api/v1{path}", data, content_type=kind, HTTP_AUTHORIZATION=f"Bearer {secret}"
    )


def told(answer: Any) -> dict[str, dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    schemas.MediaAnswer.model_validate_json(answer.content, strict=True)
    return {one["task"]: one for one in answer.json()["models"]["tasks"]}


def test_without_being_asked_no_model_looks(board: Operator, bring: Bring, monkeypatch: Any) -> None:
    bring(*TASKS)
    monkeypatch.setattr(looking, "ask_models", lambda *_a, **_n: pytest.fail("a model was asked"))
    secret = opened_by(board)
    for path in ("/media", "/media?models=false"):
        assert ask(secret, picture(light=150), path).json()["models"] is None


def test_each_model_is_named_with_what_it_says_and_how_often_that_is_right(
    board: Operator, bring: Bring
) -> None:
    bring(*TASKS)
    answer = ask(opened_by(board), picture(light=160))
    said = told(answer)
    assert list(said) == TASKS
    altered = said["face_manipulated"]
    assert (altered["name"], altered["version"], altered["not_assessed"]) == ("face-manipulated", "1", None)
    assert 0.9 < altered["probability"] <= 1
    assert (altered["level"], altered["threshold"]) == ("act", 0.99)
    assert (altered["finds"], altered["wrongly"], altered["measured_on"]) == (0.1, 0.0, "patterns")
    assert altered["cross_source"] is True
    assert "the model face-manipulated-1 says" in altered["words"]
    assert answer.json()["models"]["note"].startswith("A score alone is a lead and never evidence")


def test_models_that_suspect_together_are_a_review_and_never_a_request(board: Operator, bring: Bring) -> None:
    bring(*TASKS)
    secret = opened_by(board)
    assert ask(secret, picture(light=150)).json()["decision"] == "review"
    assert ask(secret, picture(light=150), "/media").json()["decision"] == "nothing"


def test_one_model_alone_changes_no_decision(board: Operator, bring: Bring) -> None:
    bring("explicit")
    answer = ask(opened_by(board), picture(light=150))
    assert told(answer)["explicit"]["level"] in {"act", "review"}
    assert answer.json()["decision"] == "nothing"


def test_a_slot_without_a_model_says_so_and_gives_no_number(board: Operator, bring: Bring) -> None:
    bring("explicit")
    said = told(ask(opened_by(board), picture(light=10)))
    assert list(said) == TASKS, "in one order, whatever they say"
    generated = said["image_generated"]
    assert (generated["name"], generated["not_assessed"]) == (None, "no_model")
    assert {generated[name] for name in ("score", "probability", "threshold", "level")} == {None}
    assert "was not assessed: there is no model for it here." in generated["words"]
    assert said["explicit"]["level"] == "rest"


def test_a_picture_without_a_face_is_not_assessed_by_a_model_that_has_a_name(
    board: Operator, bring: Bring
) -> None:
    bring("face_manipulated")
    said = told(ask(opened_by(board), picture(light=10, face=False)))["face_manipulated"]
    assert (said["name"], said["not_assessed"], said["probability"]) == ("face-manipulated", "no_face", None)


@pytest.mark.parametrize(
    ("known", "why"), [(True, "settled"), (False, "undecodable")], ids=["known for sure", "broken"]
)
def test_what_hashes_settled_and_what_does_not_open_is_shown_to_no_model(
    board: Operator, bring: Bring, known: bool, why: str, monkeypatch: Any
) -> None:
    bring(*TASKS)
    data = photo("coffee") if known else photo("coffee")[:2_000]
    if known:
        make_known(data)
    monkeypatch.setattr(
        looking.OpenerPool, "colours", lambda *_given: pytest.fail("it was opened in colours")
    )
    answer = ask(opened_by(board), data)
    assert [one["not_assessed"] for one in told(answer).values()] == [why] * 3
    assert answer.json()["decision"] == ("request" if known else "undetermined")


def test_a_model_that_breaks_gives_no_number_and_the_file_is_undetermined(
    board: Operator, bring: Bring
) -> None:
    bring("explicit", data=made.no_number())
    answer = ask(opened_by(board), picture(light=10))
    assert told(answer)["explicit"]["not_assessed"] == "no_number"
    assert told(answer)["explicit"]["probability"] is None
    assert answer.json()["decision"] == "undetermined"


@pytest.mark.parametrize(("accepted", "name"), [("", None), ("accepted", "explicit")])
def test_a_model_for_research_is_asked_only_where_its_terms_were_accepted(
    board: Operator, bring: Bring, monkeypatch: Any, accepted: str, name: str | None
) -> None:
    monkeypatch.setenv("HAETAE_RESEARCH_MODELS", accepted)
    bring("explicit", research_only=True)
    assert told(ask(opened_by(board), picture(light=10)))["explicit"]["name"] == name


def test_while_models_are_at_work_others_are_told_so_and_hashes_are_answered(
    board: Operator, bring: Bring, monkeypatch: Any
) -> None:
    bring(*TASKS)
    monkeypatch.setattr(looking, "MODELS_PATIENCE_S", 0.05)
    monkeypatch.setattr(models.answer, "__kwdefaults__", {"within_s": 0.05})
    secret = opened_by(board)
    assert looking._turns_of_models.take(within_s=0)
    try:
        refused = ask(secret, picture(light=10))
        assert (refused.status_code, refused.json()["error"]) == (503, "models_busy")
        assert int(refused.headers["Retry-After"]) > 0
        assert "or without models" in refused.json()["message"]
        assert ask(secret, picture(light=10), "/media").status_code == 200
    finally:
        looking._turns_of_models.give_back()
    assert ask(secret, picture(light=10)).status_code == 200


def test_a_key_has_one_question_with_models_inside_and_all_keys_together_two(
    board: Operator, bring: Bring
) -> None:
    bring(*TASKS)
    secret = opened_by(board)
    with models.place(board.pk, wanted=True):
        refused = ask(secret, picture(light=10))
        assert (refused.status_code, refused.json()["error"]) == (503, "models_busy")
        assert refused.headers["Connection"] == "close", "its body was not read"
        assert refused.headers["RateLimit-Remaining"] == "10000", "and it cost nothing"
        assert ask(secret, picture(light=10), "/media").status_code == 200
    assert models.places.enter(board.pk), "and the place is free again"
    models.places.leave(board.pk)


def test_all_places_for_models_leave_places_for_hashes() -> None:
    from haetae.web.api import taking

    assert models.places._most < taking.places._most
    assert looking.openers.__wrapped__()._size == 5, "models take no opener from anybody"


def test_a_file_with_models_counts_as_ten(board: Operator, bring: Bring) -> None:
    bring("explicit")
    answer = ask(opened_by(board, per_minute=25), picture(light=10))
    assert 15 <= int(answer.headers["RateLimit-Remaining"]) < 24, "ten, and what came back meanwhile"
    few = ask(opened_by(board, per_minute=5), picture(light=10))
    assert (few.status_code, few.json()["error"]) == (400, "more_than_a_minute")


def test_each_file_of_a_batch_has_its_own(board: Operator, bring: Bring) -> None:
    bring("explicit")
    body = body_of(part(picture(light=10)), part(b""), part(photo("coffee")[:900]))
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    answer = ask(opened_by(board, per_minute=100), body, "/media/batch?models=true", kind)
    schemas.FilesOut.model_validate_json(answer.content, strict=True)
    good, empty, broken = answer.json()["results"]
    assert [one["not_assessed"] for one in good["answer"]["models"]["tasks"]] == [
        None,
        "model_refused",  # the one we ship is for research, which nobody accepted here
        "no_model",
    ]
    assert empty["refusal"]["error"] == "body_empty"
    assert {one["not_assessed"] for one in broken["answer"]["models"]["tasks"]} == {"undecodable"}
    assert 70 <= int(answer.headers["RateLimit-Remaining"]) < 90, "three files, and what came back meanwhile"


def test_of_a_batch_the_files_that_found_no_model_free_are_told_so(
    board: Operator, bring: Bring, monkeypatch: Any
) -> None:
    bring("explicit")
    monkeypatch.setattr("haetae.web.api.scan.batch.WITHIN_S", 0.4)
    held = threading.Event()
    monkeypatch.setattr(looking._turns_of_models, "take", lambda *, within_s: held.wait(min(within_s, 0.2)))
    body = body_of(*[part(picture(light=10))] * 2)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    refused = ask(opened_by(board), body, "/media/batch?models=true", kind)
    assert (refused.status_code, refused.json()["error"]) == (503, "models_busy")


def test_what_is_neither_true_nor_false_is_refused_by_its_name(board: Operator) -> None:
    refused = ask(opened_by(board), picture(light=10), "/media?models=perhaps")
    assert (refused.status_code, refused.json()["field"]) == (400, "models")
    assert "models is true or false" in refused.json()["message"]


def test_the_description_for_machines_says_all_of_it() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    for path in ("/api/v1/media", "/api/v1/media/batch"):
        (asked,) = described["paths"][path]["post"]["parameters"]
        assert (asked["name"], asked["in"], asked["required"]) == ("models", "query", False)
        assert asked["schema"]["default"] is False
        assert "counts as 10" in asked["schema"]["description"]
    said = described["components"]["schemas"]
    assert set(said["ModelOut"]["required"]) == set(said["ModelOut"]["properties"])
    assert "never evidence" in models.LEAD
