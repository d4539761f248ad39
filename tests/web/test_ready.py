"""Whether a visitor may be sent here: /readyz says it in one word, and /healthz only that this process lives."""

import pytest
from django.db import OperationalError

from haetae.running import draining, readiness


@pytest.fixture(autouse=True)
def nothing_seen_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_tables_seen", [])


@pytest.mark.django_db
def test_pages_are_ready_with_database_tables_and_keys_and_say_one_word_otherwise(
    visitor, monkeypatch, tmp_path
):
    assert visitor().get("/readyz").content == b"ready\n"
    monkeypatch.setattr(readiness, "_keys_are_there", lambda: False)
    _is_refused(visitor, b"the keys are not there\n")
    monkeypatch.setattr(readiness, "_tables_seen", [])
    monkeypatch.setattr(readiness, "not_applied", lambda: ["arrival.0099_newer"])
    _is_refused(visitor, b"the tables are not those of this code\n")
    monkeypatch.setattr(readiness.connection, "cursor", _gone)
    _is_refused(visitor, b"the database does not answer\n")
    monkeypatch.setenv(draining.TELLS, str(tmp_path / "told"))
    (tmp_path / "told").touch()
    _is_refused(visitor, b"draining\n")


def _is_refused(visitor, word: bytes) -> None:
    """And lives all the while: nobody is to start it anew for that."""
    answer = visitor().get("/readyz")
    assert (answer.status_code, answer.content) == (503, word)
    assert int(answer.headers["Retry-After"]) > 0
    assert visitor().get("/healthz").content == b"ok\n"


def _gone(*_args, **_names):
    raise OperationalError("gone")


def test_a_process_that_lives_needs_no_database(visitor):
    """No mark for a database: a question to it would break this test."""
    assert visitor().get("/healthz").status_code == 200
