"""When something breaks: neutral words, a way on, and nothing of the inside."""

import pytest
from django.db import OperationalError

from haetae.web.portal import sending


def _break_with(error: Exception):
    def fail(*_args, **_names):
        raise error

    return fail


@pytest.mark.django_db
def test_a_fault_of_ours_shows_no_trace_of_the_inside(visitor, monkeypatch):
    monkeypatch.setattr(sending, "open_case", _break_with(RuntimeError("the secret inside")))
    answer = visitor("en").post("/link/", {"links": "https://a.example/"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side." in page
    assert "Traceback" not in page
    assert "secret inside" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_database_that_does_not_answer_is_503_everywhere(control_room, monkeypatch):
    monkeypatch.setattr("haetae.web.console.views.newest_rows", _break_with(OperationalError("gone")))
    answer = control_room.get("/console/")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.django_db
def test_the_first_pages_need_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        for where in ("/", "/link/", "/nowhere/"):
            visitor().get(where)
