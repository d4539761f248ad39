"""Questions that are not answered: whose they are, what is wrong with them, and in which words."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from haetae.accounts.actions import declare_upload_check
from haetae.accounts.models import WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.web.middleware import BodyLimit
from tests.security.test_body_limit import Untouchable
from tests.web.upload_questions import Platform, asking_platform, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform() -> Platform:
    return asking_platform()


@pytest.mark.parametrize(
    "shown",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic {token}",
        "{token}",
        "Bearer {token}x",
        "Bearer é",
    ],
)
def test_without_the_right_token_nobody_is_answered(platform, shown):
    told = None if shown is None else shown.format(token=platform.token)
    answer = platform.ask(photo("coffee"), HTTP_AUTHORIZATION=told)
    assert answer.status_code == 401
    assert answer.json()["field"] == "Authorization"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_new_token_ends_the_old_one_at_once(platform):
    declare_upload_check(operator=platform.operator, when_down=WhenWeAreDown.OPEN, actor=SYSTEM)
    assert platform.ask(photo("coffee")).status_code == 401


def test_an_operator_that_asks_nobody_has_no_way_in(platform):
    platform.operator.upload_check = ""
    platform.operator.save()
    assert platform.ask(photo("coffee")).status_code == 401


def test_an_official_who_is_signed_in_is_no_operator(control_room):
    answer = control_room.post("/api/upload-check/", photo("coffee"), content_type="image/jpeg")
    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "DELETE"])
def test_only_a_post_asks(platform, method):
    answer = platform.ask(photo("coffee"), method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"HTTP_X_POST_ID": None}, 400, "post_id_missing", "X-Post-Id"),
        ({"HTTP_X_POST_ID": "a b"}, 400, "post_id_no_code", "X-Post-Id"),
        ({"HTTP_X_POST_ID": "a" * 65}, 400, "post_id_no_code", "X-Post-Id"),
        ({"CONTENT_TYPE": "multipart/form-data; boundary=x"}, 415, "content_type", "Content-Type"),
        ({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, 415, "content_type", "Content-Type"),
        ({"HTTP_X_MEDIA": "https://board.example/m/1"}, 400, "address_elsewhere", "X-Page"),
        ({"HTTP_X_PAGE": "https://board.example/p/1"}, 400, "address_elsewhere", "X-Media"),
        (
            {"HTTP_X_PAGE": "https://board.example/p/1", "HTTP_X_MEDIA": "https://elsewhere.example/m/1"},
            400,
            "address_elsewhere",
            "X-Media",
        ),
        (
            {
                "HTTP_X_PAGE": "https://board.example@elsewhere.example/",
                "HTTP_X_MEDIA": "https://board.example/m/1",
            },
            400,
            "address_elsewhere",
            "X-Page",
        ),
        (
            {"HTTP_X_PAGE": "https://board.example:99999/", "HTTP_X_MEDIA": "https://board.example/m/1"},
            400,
            "address_elsewhere",
            "X-Page",
        ),
    ],
)
def test_a_bad_question_is_told_which_part_is_wrong(platform, changed, status, code, field):
    answer = platform.ask(photo("coffee"), **changed)
    assert answer.status_code == status
    told = answer.json()
    assert (told["error"], told["field"]) == (code, field)
    assert told["message"].endswith(".")


def test_an_empty_body_is_no_picture(platform):
    assert platform.ask(b"", CONTENT_LENGTH="0").json()["error"] == "body_empty"


def _announced(length: str | None, path: str = "/api/upload-check/") -> object:
    environment = RequestFactory().generic("POST", path).environ | {"wsgi.input": Untouchable()}
    environment.pop("CONTENT_LENGTH", None)
    if length is not None:
        environment["CONTENT_LENGTH"] = length
    return BodyLimit(lambda _: None)(WSGIRequest(environment))


@pytest.mark.parametrize("path", ["/api/upload-check/", "/api/upload-check"])
@pytest.mark.parametrize(
    ("length", "status"), [("52428801", 413), ("9" * 5000, 413), (None, 411), ("12x", 400)]
)
def test_a_body_is_refused_as_json_by_its_announced_length(path, length, status):
    answer = _announced(length, path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Connection"] == "close"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_of_50_mib_may_be_asked_about_while_pages_keep_their_limit():
    passed = BodyLimit(lambda _: "passed")
    environment = RequestFactory().generic("POST", "/api/upload-check/").environ
    assert passed(WSGIRequest({**environment, "CONTENT_LENGTH": "52428800"})) == "passed"
    assert _announced("1048577", "/link/").status_code == 413


def test_a_body_that_is_shorter_than_announced_is_not_examined(platform):
    answer = platform.ask(photo("coffee")[:100], CONTENT_LENGTH="200")
    assert answer.status_code == 400
    assert answer.json()["error"] == "body_incomplete"
