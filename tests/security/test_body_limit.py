"""A body is refused by its announced length, before a byte of it is read."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from haetae.web.middleware import BodyLimit


class Untouchable:
    """A body that breaks the test when anybody reads it."""

    def read(self, *_args):
        raise AssertionError("somebody read the body")

    readline = read


def _ask(length: str | None, *, method: str = "POST", **extra: str) -> HttpResponse:
    environment = RequestFactory().generic(method, "/link/").environ | {"wsgi.input": Untouchable(), **extra}
    environment.pop("CONTENT_LENGTH", None)
    if length is not None:
        environment["CONTENT_LENGTH"] = length
    answer = BodyLimit(lambda _: HttpResponse("passed"))(WSGIRequest(environment))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("length", ["1048577", "10737418240", "9" * 5000])
def test_a_body_above_the_limit_is_refused_unread(settings, length):
    settings.BODY_LIMIT_BYTES = 1_048_576
    assert _ask(length).status_code == 413


def test_a_body_of_exactly_the_limit_passes(settings):
    settings.BODY_LIMIT_BYTES = 1_048_576
    assert _ask("1048576").content == b"passed"


def test_a_body_without_a_length_is_refused_because_nobody_knows_where_it_ends():
    assert _ask(None).status_code == 411
    assert _ask(None, method="GET", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


@pytest.mark.parametrize("length", ["-1", "12abc", "1 2", "٣"])
def test_a_length_that_is_no_number_is_refused(length):
    assert _ask(length).status_code == 400


def test_reading_a_page_needs_no_length():
    assert _ask(None, method="GET").content == b"passed"


def test_the_refusal_says_what_to_do_in_the_readers_language():
    answer = _ask("99999999", HTTP_ACCEPT_LANGUAGE="ko")
    assert "너무 커요" in answer.content.decode()
    assert answer.headers["Connection"] == "close"
