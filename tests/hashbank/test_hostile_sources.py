"""A foreign server may do anything: the bank stays as it was, the source says what is wrong, and it is tried again."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.outbound import Limits
from haetae.connectors.exchange import client
from haetae.flow.next_step import next_step
from haetae.flow.steps.people import ask_about_a_source
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.hashbank.models import KnownPicture
from haetae.hashbank.sources import queries, rules
from haetae.hashbank.states import Wire
from tests.hashbank.foreign import (
    Answer,
    foreign,  # noqa: F401 - a fixture
    matched,
    page,
    pull,
    record,
    source_at,
    xml,
)

pytestmark = pytest.mark.django_db
BOMB = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><queryResult>&d;</queryResult>'
SIGN_IN = b"<html><body><form><input type=password></form></body></html>"


def cut_off(wire) -> None:
    wire.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"count": 1, "hashRecords": [')


def no_http(wire) -> None:
    wire.write(b"SSH-2.0-OpenSSH_9.9\r\n")


def monstrous(wire) -> None:
    wire.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    try:
        for _ in range(200):
            wire.write(b" " * 1_048_576)
    except OSError:
        pass  # we hung up, as we should


def drip(wire) -> None:
    wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    try:
        for _ in range(100):
            wire.write(b" ")
            wire.flush()
            time.sleep(0.05)
    except OSError:
        pass


def text(body: bytes | str, kind: str = "application/json") -> Answer:
    return Answer(body=body.encode() if isinstance(body, str) else body, kind=kind)


@pytest.mark.parametrize(
    ("wire", "answer", "code"),
    [
        ("stopncii", Answer(raw=cut_off), "network_protocol"),
        ("stopncii", Answer(raw=no_http), "network_protocol"),
        ("stopncii", Answer(raw=monstrous), "network_too_large"),
        ("stopncii", Answer(status=500), "http_500"),
        ("stopncii", Answer(status=429), "http_429"),
        ("stopncii", Answer(status=401), "key_refused"),
        ("stopncii", Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}), "http_302"),
        ("stopncii", Answer(headers={"Content-Encoding": "gzip"}), "network_encoded"),
        ("stopncii", text(SIGN_IN, "text/html; charset=utf-8"), "not_a_page"),
        ("stopncii", text(""), "not_a_page"),
        ("stopncii", text("[" * 100_000), "not_a_page"),
        ("stopncii", text(b"\xff\xfe\x00"), "not_a_page"),
        ("stopncii", text("null"), "not_a_page"),
        ("stopncii", text('{"hashRecords": []}'), "not_a_page"),
        ("stopncii", page(next_s=True), "not_a_page"),
        ("stopncii", page(next_s=-1), "not_a_page"),
        ("stopncii", page(next_s=10**30), "not_a_page"),
        ("stopncii", page(hasMoreRecords="yes"), "not_a_page"),
        ("stopncii", page(hashRecords={"0": 1}), "not_a_page"),
        ("stopncii", page(record(1), hasMoreRecords=True, nextSetTimestamp=0), "not_a_page"),
        ("stopncii", page(token="x" * 1_025), "not_a_page"),
        ("stopncii", page(token="x\x00"), "not_a_page"),
        ("stopncii", page(token="x\ud800"), "not_a_page"),
        ("ncmec", text(BOMB, "application/xml"), "not_a_page"),
        ("ncmec", text("<a>" * 50 + "</a>" * 50), "not_a_page"),
        ("ncmec", text("<queryResult>"), "not_a_page"),
        ("ncmec", text("<error><code>no</code></error>"), "not_a_page"),
        ("ncmec", text(SIGN_IN, "text/html"), "not_a_page"),
        ("ncmec", text("<?xml version='1.0' encoding='nothing'?><queryResult/>"), "not_a_page"),
        ("ncmec", xml(following="https://elsewhere.example/v2/entries"), "not_a_page"),
        ("ncmec", xml(following="@elsewhere.example/v2/"), "not_a_page"),
        ("ncmec", xml(following="/v2/../../admin"), "not_a_page"),
        ("ncmec", xml(following="/v2/" + "x" * 2_000), "not_a_page"),
    ],
)
def test_what_is_no_page_ends_the_round_with_a_sentence_and_changes_nothing(foreign, wire, answer, code):  # noqa: F811
    source = source_at(foreign.base, wire=Wire(wire))
    foreign.answer = lambda _: answer
    done = pull(source)
    assert (done.code, done.pages) == (code, 0)
    assert not KnownPicture.objects.exists()
    assert queries.position_of(source).since_s == 0
    assert (source.failure_code, source.failures) == (code, 1)
    assert source.failing_since is not None
    assert source.failure_words.endswith(".")
    assert "password" not in source.failure_words
    assert timedelta(seconds=50) < source.due_at - clock.now() <= timedelta(seconds=60)


def test_a_sign_in_page_is_called_one(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: text(SIGN_IN, "text/html; charset=utf-8")
    assert "perhaps one that asks to sign in" in pull(source).words


def test_a_server_that_drips_is_left_in_time(foreign, monkeypatch):  # noqa: F811
    monkeypatch.setattr(client, "LIMITS", Limits(total_s=0.5))
    source = source_at(foreign.base)
    foreign.answer = lambda _: Answer(raw=drip)
    began_s = time.monotonic()
    assert pull(source).code == "network_timeout"
    assert time.monotonic() - began_s < 3.0


def test_a_server_that_is_not_there_is_waited_for_longer_each_time_and_taken_up_when_it_is_back(foreign):  # noqa: F811
    source = source_at(foreign.base)
    pauses = []
    for _ in range(3):
        now = clock.now()
        with time_machine.travel(now, tick=False):
            pull(source)
        pauses.append((source.due_at - now).total_seconds())
    assert pauses == [60, 120, 240]
    since = source.failing_since
    assert source.failures == 3
    assert rules.pause(failures=50, retry_after_s=None) == timedelta(hours=6)
    foreign.answer = lambda _: page(record(1))
    pull(source)
    assert (source.failures, source.failing_since, source.failure_words) == (0, None, "")
    assert since is not None
    assert source.succeeded_at > since


def test_after_a_day_a_person_is_called_once_and_the_task_ends_when_it_comes_again(foreign):  # noqa: F811
    source = source_at(foreign.base)
    begin = datetime(2026, 11, 22, 12, tzinfo=UTC)
    told = Event.objects.filter(name__startswith="hashbank.source_").exclude(name="hashbank.source_added")
    for hours, silent in ((0, 0), (23, 0), (24, 1), (30, 1)):
        with time_machine.travel(begin + timedelta(hours=hours), tick=False):
            pull(source)
        assert told.count() == silent
    next_step(told.get().pk)
    task = Task.objects.get(kind=Kind.SOURCE_SILENT)
    assert (task.subject_id, task.state) == (source.pk, "waiting")
    foreign.answer = lambda _: page(record(1))
    pull(source)
    next_step(told.get(name="hashbank.source_back").pk)
    task.refresh_from_db()
    assert task.state == "resolved"
    ask_about_a_source(told.get(name="hashbank.source_silent"))  # late: nothing opens for what is over
    assert Task.objects.filter(state="waiting").count() == 0


@pytest.mark.parametrize(
    ("told", "pause_s"),
    [
        ("7200", 7_200),
        ("99999999", 86_400),
        ("Sun, 22 Nov 2026 13:00:00 GMT", 3_600),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 60),
        ("Sun, 22 Nov 3026 11:00:00 GMT", 86_400),
        ("Sun, 22 Nov 2026 13:00:00", 60),
        ("soon", 60),
        ("", 60),
    ],
)
def test_whoever_asks_for_patience_gets_it_for_at_most_a_day(foreign, told, pause_s):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: Answer(status=429, headers={"Retry-After": told})
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        pull(source)
        assert source.due_at - clock.now() == timedelta(seconds=pause_s)


def test_a_page_that_breaks_again_and_again_is_asked_for_in_smaller_pieces(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda asked: (
        page(record(1)) if int(asked.query["pageSize"]) < 100 else Answer(raw=cut_off)
    )
    codes = [pull(source).code for _ in range(4)]
    assert codes == ["network_protocol"] * 3 + [""]
    assert [one.query["pageSize"] for one in foreign.asked] == ["800", "800", "200", "50"]
    assert matched(source) == [1]


def test_a_secret_that_is_gone_is_said_and_none_is_made_up(foreign):  # noqa: F811
    from django.conf import settings

    source = source_at(foreign.base)
    settings.KEYS.remove(source.secret_name)
    assert pull(source).code == "secret_missing"
    assert foreign.asked == []


def test_a_redirect_takes_our_secret_nowhere(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: Answer(status=307, headers={"Location": foreign.base + "/elsewhere"})
    assert pull(source).code == "http_307"
    assert [one.path for one in foreign.asked] == ["/FetchHashes"]
