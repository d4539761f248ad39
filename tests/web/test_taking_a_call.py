"""A call is taken in while the caller speaks, and ends with words to read aloud."""

import re

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from haetae.agencies.support import queries, receipt
from haetae.agencies.support.models import Case
from haetae.audit.models import Event
from haetae.common import clock
from tests.agencies.desk import LINK, STORY, seated
from tests.people import SECOND_COUNSELLOR

pytestmark = pytest.mark.django_db
NEW = "/console/cases/new/"


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def form(browser: Client, **sent) -> dict[str, object]:
    token = re.search(r'name="token" value="([^"]+)"', browser.get(NEW).content.decode())
    assert token
    return {"token": token[1], "channel": "hotline", "language": "en", "links": LINK, "story": STORY, **sent}


def words(answer) -> list[str]:
    return re.findall(r"<li><b>([^<]+)</b></li>", answer.content.decode())


def test_a_call_becomes_a_case_that_its_words_open(counsellor) -> None:
    sent = form(counsellor, age="under_19", circumstance=["threatened", "at_school"], name="S.")
    answer = counsellor.post(NEW, sent)
    assert "no-store" in answer.headers["Cache-Control"]
    bits = receipt.read(" ".join(words(answer)))
    opened = queries.case_of_receipt(bits)
    assert opened is not None
    case = Case.objects.get()
    assert (case.channel, case.age, case.rank) == ("hotline", "under_19", 0)
    assert case.counsellor is not None
    assert {said.text for said in queries.texts_of(opened)} == {STORY, "S."}
    assert STORY in page(counsellor.get(f"/console/cases/{case.pk}/"))
    assert Event.objects.get(name="arrival.reported").actor_kind == "official"


def test_nothing_of_the_words_is_kept(counsellor) -> None:
    shown = words(counsellor.post(NEW, form(counsellor)))
    bits = receipt.read(" ".join(shown))
    assert bits
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for table in [row[0] for row in cursor.fetchall()]:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            everything = "\n".join(row[0] for row in cursor.fetchall())
            assert bits.hex() not in everything, table
            assert " ".join(shown) not in everything, table


def test_the_same_form_sent_twice_is_one_case_with_the_same_words(counsellor) -> None:
    sent = form(counsellor)
    first, second = (words(counsellor.post(NEW, sent)) for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_the_words_come_in_the_callers_language(counsellor) -> None:
    shown = words(counsellor.post(NEW, form(counsellor, language="ko")))
    assert all(re.fullmatch("[가-힣]+", word) for word in shown)
    assert len(shown) == 8


def test_a_line_that_is_no_link_is_named_and_everything_stays(counsellor) -> None:
    answer = counsellor.post(NEW, form(counsellor, links=f"{LINK}\nboard.example/2", age="adult"))
    assert answer.status_code == 422
    shown = page(answer)
    assert "Line 2: A link begins with http" in shown
    assert STORY in shown
    assert re.search(r'value="adult" checked', shown)
    assert not Case.objects.exists()


def test_one_thing_is_enough_and_nothing_is_too_little(counsellor) -> None:
    assert counsellor.post(NEW, form(counsellor, links="", story=" ")).status_code == 422
    assert counsellor.post(NEW, form(counsellor, links="", story="", keywords="a title")).status_code == 200


def test_without_a_request_it_is_said_why_and_there_are_no_words(counsellor) -> None:
    sent = form(counsellor, channel="ex_officio")
    assert "Say why the law demands it" in page(counsellor.post(NEW, sent))
    assert "must count as under 19" in page(counsellor.post(NEW, {**sent, "ex_officio": "csam"}))
    answer = counsellor.post(NEW, {**sent, "ex_officio": "csam", "age": "under_19"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/console/cases/{case.pk}/"
    assert (case.channel, case.ex_officio) == ("ex_officio", "csam")
    assert "without a request (child sexual abuse material)" in page(
        counsellor.get(f"/console/cases/{case.pk}/")
    )


def test_a_form_of_somebody_else_or_of_yesterday_is_sent_once_more_with_everything_in_it(
    counsellor, visitor
) -> None:
    other = visitor("en")
    other.force_login(seated(SECOND_COUNSELLOR.name))
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sent = form(counsellor)
        for browser, token in ((other, sent["token"]), (counsellor, "nonsense"), (counsellor, "ü")):
            answer = browser.post(NEW, {**sent, "token": token})
            assert answer.status_code == 422
            assert STORY in page(answer)
        traveller.shift(8 * 3_600 + 2)
        counsellor.force_login(seated("counsellor-han"))
        late = counsellor.post(NEW, sent)
        assert late.status_code == 422
        token = re.search(r'name="token" value="([^"]+)"', late.content.decode())
        assert token
        assert len(words(counsellor.post(NEW, {**sent, "token": token[1]}))) == 8


def test_when_the_database_is_away_everything_stands_there_still(counsellor, monkeypatch) -> None:
    sent = form(counsellor, circumstance=["threatened"])

    def away(**_):
        raise OperationalError("gone")

    monkeypatch.setattr("haetae.web.console.cases.intake.take_in", away)
    answer = counsellor.post(NEW, sent)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    shown = page(answer)
    assert STORY in shown
    assert f'name="token" value="{sent["token"]}"' in shown
    assert re.search(r'value="threatened" checked', shown)


def test_what_is_typed_is_kept_by_no_script(counsellor) -> None:
    assert "data-draft" not in counsellor.get(NEW).content.decode()
