"""When we cannot tell: said at once, with a time to come back, and counted. Nobody waits in a queue without end."""

import os
import signal
import threading
import time

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from haetae.detect.pool import OpenerPool
from haetae.flow.arrival.models import Pulse, UploadCount
from haetae.web.api import counting, looking, pulse, taking, views
from tests.web.upload_questions import Platform, asking_platform, make_known, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform() -> Platform:
    counting.take()
    return asking_platform()


def says_when_to_come_back(answer, code: str) -> None:
    assert answer.status_code == 503
    assert answer.json()["error"] == code
    assert int(answer.headers["Retry-After"]) > 0


def unanswered() -> int:
    return sum(number for (_, _, outcome), number in counting.take().items() if outcome == "unanswered")


def test_while_every_opener_is_at_work_a_platform_waits_a_moment_and_no_longer(platform, monkeypatch):
    monkeypatch.setattr(looking, "PATIENCE_S", 0.05)
    for _ in range(looking.AT_ONCE):
        assert looking._turns.take(within_s=1)
    try:
        began_s = time.monotonic()
        says_when_to_come_back(platform.ask(photo("coffee")), "busy")
        assert time.monotonic() - began_s < 1
    finally:
        for _ in range(looking.AT_ONCE):
            looking._turns.give_back()
    assert unanswered() == 1
    assert platform.ask(photo("coffee")).status_code == 200


def test_one_platform_that_asks_too_much_at_once_keeps_no_other_out(platform):
    other = asking_platform("Other board", origin="https://other.example")
    taken = 0
    while taking.places.enter(platform.operator.pk):
        taken += 1
    try:
        says_when_to_come_back(platform.ask(photo("coffee")), "busy")
        assert other.ask(photo("coffee")).status_code == 200
    finally:
        for _ in range(taken):
            taking.places.leave(platform.operator.pk)
    assert platform.ask(photo("coffee")).status_code == 200


def test_a_killed_opener_costs_a_platform_nothing(platform):
    make_known(photo("coffee"))
    assert platform.ask(photo("coffee")).json()["publish"] is False
    for process_id in looking.openers().process_ids():
        os.kill(process_id, signal.SIGKILL)
    assert platform.ask(photo("coffee")).json()["publish"] is False


@pytest.fixture
def no_openers(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(**_: object) -> None:
        raise OSError("no process to give")

    monkeypatch.setattr("haetae.detect.pool.Opener", none_left)
    empty = OpenerPool(size=1)
    monkeypatch.setattr(looking, "openers", lambda: empty)


def test_without_an_opener_nothing_is_said_about_the_picture(platform, no_openers):
    says_when_to_come_back(platform.ask(photo("coffee")), "no_opener")
    assert unanswered() == 1


def test_without_an_opener_there_is_no_pulse_and_the_counts_are_written_all_the_same(platform, no_openers):
    platform.ask(photo("coffee"))
    assert pulse.beat(name="web:1") is False
    assert not Pulse.objects.exists()
    count = UploadCount.objects.get(operator=platform.operator)
    assert (count.asked, count.unanswered) == (1, 1)


def test_a_pulse_is_a_picture_that_was_really_examined_and_writes_the_counts_down(platform):
    for _ in range(2):
        platform.ask(photo("coffee"))
        assert pulse.beat(name="web:1") is True
    assert Pulse.objects.get().name == "web:1"
    count = UploadCount.objects.get(operator=platform.operator)
    assert (count.asked, count.refused, count.unanswered) == (2, 0, 0)


def _away(*_: object, **__: object) -> None:
    raise OperationalError("the server closed the connection unexpectedly")


def test_while_the_database_is_away_the_last_known_holder_of_the_token_is_counted(platform, monkeypatch):
    platform.ask(photo("coffee"))
    monkeypatch.setattr("haetae.web.api.entrance.operator_with_token", _away)
    says_when_to_come_back(platform.ask(photo("coffee")), "database_away")
    says_when_to_come_back(
        platform.ask(photo("coffee"), HTTP_AUTHORIZATION="Bearer unknown"), "database_away"
    )
    assert unanswered() == 1


def test_a_refusal_that_cannot_be_put_on_record_is_no_answer(platform, monkeypatch):
    make_known(photo("coffee"))
    monkeypatch.setattr(views, "keep_answer", _away)
    says_when_to_come_back(platform.ask(photo("coffee")), "database_away")


def test_counts_that_could_not_be_written_are_written_the_next_time(platform, monkeypatch):
    platform.ask(photo("coffee"))
    with monkeypatch.context() as patch:
        patch.setattr(pulse.actions, "beat", _away)
        with pytest.raises(OperationalError):
            pulse.beat(name="web:1")
    pulse.beat(name="web:1")
    assert UploadCount.objects.get(operator=platform.operator).asked == 1


class Silent:
    """A body of which nothing comes until the client goes away."""

    def __init__(self) -> None:
        self.gone = threading.Event()

    def read(self, *_: int) -> bytes:
        self.gone.wait(10)
        return b""


def test_a_client_that_falls_silent_is_left_and_its_place_is_taken_until_it_goes(platform, monkeypatch):
    monkeypatch.setattr(taking, "BODY_WITHIN_S", 0.05)
    request = RequestFactory(headers={"X-Post-Id": "1"}).post(
        "/api/upload-check/", photo("coffee"), content_type="image/jpeg"
    )
    request._stream = silent = Silent()
    answer = views.upload_check(request, operator=platform.operator)
    assert answer.status_code == 408
    assert answer.headers["Connection"] == "close"
    assert taking.places._inside[platform.operator.pk] == 1
    silent.gone.set()
    deadline = time.monotonic() + 5
    while taking.places._inside[platform.operator.pk] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert taking.places._inside[platform.operator.pk] == 0
    assert unanswered() == 0
