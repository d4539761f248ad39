"""How often what may be asked for: counted once for everybody who counts, and never so that a person is silenced."""

import re
import time
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import RequestFactory

from haetae.flow.arrival.models import Report
from haetae.settings.limits import DEFAULTS, Limit, limits_of
from haetae.web.api.rates import Rates
from haetae.web.limits import asking
from haetae.web.limits.actions import forget_full, give_back, take
from haetae.web.limits.asking import key_of, wait_for
from haetae.web.limits.models import Bucket
from haetae.web.limits.source import source_of
from tests.house.code import ROOT
from tests.security.limited import SCHOOL, let
from tests.web.joining import FORM

pytestmark = pytest.mark.django_db
_FIVE = Limit(most=5, seconds=60)
_PHRASE = "a long enough phrase 7"


def test_five_are_taken_the_sixth_waits_and_what_is_given_back_is_there_again(tried):
    assert [take("five", _FIVE).wait_s for _ in range(5)] == [0.0] * 5
    sixth = take("five", _FIVE)
    assert 10.0 < sixth.wait_s <= 12.1
    assert sixth.left == 0
    give_back("five", _FIVE)
    assert take("five", _FIVE).wait_s == 0.0
    tried("limits: takes from the table", 7)


def test_what_is_spent_no_more_is_forgotten_and_no_journal_has_ever_held_it():
    take("old", _FIVE)
    take("new", _FIVE)
    Bucket.objects.filter(key="old").update(full_at="2026-01-01T00:00:00Z")
    assert forget_full() == 1
    assert set(Bucket.objects.values_list("key", flat=True)) == {"new"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'limits_bucket'")
        assert cursor.fetchone() == ("u",)


def test_a_source_is_its_network_under_a_key_of_the_day_and_only_where_a_header_is_trusted(settings, freezer):
    def of(address: str) -> str | None:
        return source_of(RequestFactory().get("/", HTTP_X_CLIENT=address, REMOTE_ADDR="198.51.100.9"))

    assert of("203.0.113.77") is None
    settings.CLIENT_ADDRESS_HEADER = "X-Client"
    same, other = of("203.0.113.77"), of("203.0.114.77")
    assert same == of("203.0.113.5") == of("::ffff:203.0.113.1")
    assert other not in {None, same}
    assert of("2001:db8:1:2::3") == of("2001:db8:1:ffff::9") != of("2001:db8:2::3")
    assert "203" not in str(same)
    # What stands before the proxy's own entry anybody can write.
    assert of("192.0.2.1, 203.0.113.77") == same
    settings.CLIENT_ADDRESS_HOPS = 2
    assert of("192.0.2.1, 203.0.113.77, 198.51.100.1") == same
    assert of("203.0.113.77") is None
    for nonsense in ("", "nobody", "fe80::1%eth0", "203.0.113.77\x00", "1" * 5000):
        settings.CLIENT_ADDRESS_HOPS = 1
        assert of(nonsense) is None
    freezer.move_to("2031-01-01")
    assert of("203.0.113.77") not in {None, same}


@pytest.fixture
def freezer():
    import time_machine

    traveller = time_machine.travel("2026-11-27", tick=False)
    yield traveller.start()
    traveller.stop()


def test_when_everybody_reports_at_once_nothing_typed_is_lost_and_people_are_named(settings, visitor, tried):
    let(settings, reports=Limit(most=2, seconds=3600))
    sent = {"links": "https://a.example/1\nhttps://a.example/2", "story": "on a board", "age": "under_19"}
    assert visitor("en").post("/link/", sent).status_code == 303
    for language, words in (("en", "what you typed is still here"), ("ko", "적은 내용은 그대로 있어요")):
        answer = visitor(language).post("/link/", {**sent, "story": "my own words"})
        page = answer.content.decode()
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 3600
        for kept in (words, "https://a.example/2", "my own words", 'href="tel:1366"', 'href="tel:112"'):
            assert kept in page
    assert Report.objects.count() == 2
    tried("limits: refusals with 429, Retry-After and a person to call", 2)


def test_words_are_not_tried_without_end_from_one_network(settings, visitor, behind_a_proxy, tried):
    let(settings, words_of_source=Limit(most=2, seconds=600))
    answers = [visitor("ko").post("/mine/", {"words": "하나 둘"}, **SCHOOL) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert "1366" in answers[2].content.decode()
    assert visitor().post("/mine/", {"words": "a b"}, HTTP_X_CLIENT="198.51.100.1").status_code == 422
    assert visitor().post("/mine/", {"words": "a b"}).status_code == 422
    tried("limits: refusals with 429, Retry-After and a person to call", 1)


@pytest.mark.parametrize(
    ("limit", "where", "sent"),
    [
        (
            "statements",
            "/statement/",
            {"told": "what I did, in many words", "understood": "yes", "age": "adult"},
        ),
        ("documents_of_source", "/documents/KMCC-2026-000123/", None),
        ("joining_of_source", "/operator/join/", FORM),
    ],
)
def test_every_other_door_has_a_limit_too(settings, visitor, behind_a_proxy, limit, where, sent, tried):
    let(settings, **{limit: Limit(most=1, seconds=3600)})
    take(key_of(limit, _source(settings) if limit.endswith("_source") else ""), settings.LIMITS[limit])
    browser = visitor("en")
    answer = browser.get(where, **SCHOOL) if sent is None else browser.post(where, sent, **SCHOOL)
    assert answer.status_code == 429, answer.content.decode()
    assert int(answer.headers["Retry-After"]) > 0
    assert next(iter((sent or {"": "KMCC"}).values())) in answer.content.decode(), (
        "what was typed is still there"
    )
    tried("limits: refusals with 429, Retry-After and a person to call", 1)


def _source(settings) -> str:
    found = source_of(RequestFactory().get("/", **SCHOOL))
    assert found
    return found


def test_the_sixth_wrong_password_in_a_minute_is_refused_and_a_right_one_costs_nothing(
    settings, visitor, reviewer, tried
):
    # None comes back while this is tried, however long it takes.
    assert DEFAULTS["sign_in"] == _FIVE
    let(settings, sign_in=Limit(most=5, seconds=3600))
    reviewer.set_password(_PHRASE)
    reviewer.save()
    right = {"login": reviewer.username, "password": _PHRASE}
    for _ in range(7):
        assert visitor().post("/console/sign-in/", right).status_code == 302
    wrong = [_tries(visitor("en"), reviewer.username) for _ in range(6)]
    assert [answer.status_code for answer in wrong] == [200] * 5 + [429]
    assert int(wrong[5].headers["Retry-After"]) > 0
    assert "administrator can give you a new way in" in wrong[5].content.decode()
    # Whatever the name is typed like, and whichever process counts: the table does.
    assert _tries(visitor(), reviewer.username.upper()).status_code == 429
    assert visitor().post("/console/sign-in/", right).status_code == 429
    assert _tries(visitor(), "somebody-else").status_code == 200
    tried("limits: sign-ins tried", 16)


def test_one_network_tries_many_names_only_so_often(settings, visitor, behind_a_proxy):
    let(settings, sign_in_of_source=Limit(most=3, seconds=3600))
    statuses = [_tries(visitor(), f"name-{number}", **SCHOOL).status_code for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert _tries(visitor(), "name-4", HTTP_X_CLIENT="198.51.100.1").status_code == 200


def _tries(browser, name: str, **headers: str):
    return browser.post("/console/sign-in/", {"login": name, "password": "something else 77"}, **headers)


def test_no_address_and_no_name_lies_in_the_tables(visitor, reviewer, behind_a_proxy):
    _tries(visitor(), reviewer.username, **SCHOOL)
    visitor().post("/mine/", {"words": "a b"}, **SCHOOL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM limits_bucket UNION ALL SELECT key || value::text FROM limits_kept")
        rows = " ".join(row[0] for row in cursor)
    assert rows
    assert "203.0.113" not in rows
    assert reviewer.username not in rows
    assert "127.0.0.1" not in rows


def test_while_the_table_is_away_people_go_on_and_machines_are_told_to_come_back(monkeypatch):
    def away(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(asking, "take", away)
    assert wait_for("reports") == 0.0
    monkeypatch.setattr("haetae.web.api.rates.take", away)
    with pytest.raises(OperationalError):
        Rates().wait_s(uuid4(), per_minute=60, count=1)


def test_a_key_gets_its_minute_once_however_many_processes_it_asks(tried):
    key, processes, began_s = uuid4(), [Rates("keys") for _ in range(4)], time.monotonic()
    given = sum(rates.wait_s(key, per_minute=400, count=1) == 0.0 for _ in range(150) for rates in processes)
    came_back = (time.monotonic() - began_s) * 400 / 60
    assert 390 <= given <= 401 + came_back
    assert processes[0].left(key, per_minute=400) <= 11 + came_back
    tried("limits: questions of one key to four processes", 600)


def test_a_code_that_all_processes_share_is_marked_once():
    assert cache.add("code", "y", timeout=30)
    assert not cache.add("code", "y", timeout=30)
    assert cache.get("code") == "y"
    cache.set("history", [1.5, 2.5], 60)
    assert cache.get("history") == [1.5, 2.5]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE limits_kept SET until = clock_timestamp() - interval '1 second'")
    assert cache.get("code", "gone") == "gone"
    assert cache.add("code", "y", timeout=30)
    assert cache.delete("code")


def test_a_limit_is_changed_by_its_name_or_taken_away_and_nonsense_stops_the_start():
    told = limits_of("reports=72000, sign_in=none")
    assert (told["reports"].most, "sign_in" in told, told["appeals"]) == (72_000, False, DEFAULTS["appeals"])
    for nonsense in ("reports", "reports=-1", "reports=0", "everything=4", "reports=1;appeals=2"):
        with pytest.raises(ImproperlyConfigured, match="HAETAE_LIMITS"):
            limits_of(nonsense)


def test_the_page_for_those_who_run_it_names_every_limit_and_its_number():
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([0-9,]+) in ", page, re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in rows.items()} == {
        name: known.most for name, known in DEFAULTS.items()
    }
