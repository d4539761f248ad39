"""Somebody tells us a link: one question, nothing lost, nothing saved before it is sent."""

import re
import time

import pytest
from django.db import OperationalError
from django.test import Client

from haetae.flow.arrival.models import Report
from haetae.flow.arrival.rules import LONGEST_LINK
from haetae.web.portal import views

pytestmark = pytest.mark.django_db
LINK = "https://board.example/posts/7"


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"the form has no {name}"
    return found[1]


def _form(browser: Client) -> dict[str, str]:
    page = browser.get("/link/").content.decode()
    return {name: _hidden(page, name) for name in ("form_key", "csrfmiddlewaretoken")}


def test_sora_sends_a_link_and_reads_what_happens_next(visitor):
    browser = visitor("ko", strict=True)
    sent = browser.post("/link/", {**_form(browser), "link": f"  {LINK} "})
    assert sent.status_code == 302
    report = Report.objects.get()
    assert report.link == LINK
    assert sent.headers["Location"] == f"/sent/{str(report.pk)[:8]}/"
    page = browser.get(sent.headers["Location"]).content.decode()
    assert "링크를 받았어요." in page
    assert "실제 사이트에는 삭제를 요청하지 못해요" in page
    assert str(report.pk)[:8] in page
    assert "tel:1366" in page


def test_nothing_is_saved_by_opening_the_form(visitor):
    visitor().get("/link/")
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_is_one_report(visitor):
    browser = visitor()
    form = _form(browser)
    first, second = (browser.post("/link/", {**form, "link": LINK}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_another_link_in_a_form_that_was_gone_back_to_is_another_report(visitor):
    browser = visitor()
    form = _form(browser)
    browser.post("/link/", {**form, "link": LINK})
    browser.post("/link/", {**form, "link": LINK + "0"})
    assert {report.link for report in Report.objects.all()} == {LINK, LINK + "0"}


def test_a_form_whose_key_was_tampered_with_still_reports(visitor):
    answer = visitor().post("/link/", {"form_key": "not a key", "link": LINK})
    assert answer.status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "language", "words"),
    [
        ("board.example/posts/7", "en", "A link begins with http:// or https://."),
        ("board.example/posts/7", "ko", "링크는 http:// 또는 https://로 시작해요."),
        ("", "en", "Paste the link here."),
        ("https://a.example/ https://b.example/", "ko", "링크를 하나씩"),
        ("https://a.example/" + "x" * LONGEST_LINK, "en", "longer than a link can be"),
        ("https://a.example/\x00", "en", "There is a space or a line break"),
    ],
)
def test_what_is_no_link_is_said_in_words_and_what_was_typed_is_not_lost(visitor, typed, language, words):
    browser = visitor(language)
    form = _form(browser)
    answer = browser.post("/link/", {**form, "link": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{typed}"' in page
    assert _hidden(page, "form_key") == form["form_key"]
    assert not Report.objects.exists()


def test_what_was_typed_is_shown_as_text_and_never_as_markup(visitor):
    page = visitor().post("/link/", {"link": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_when_the_database_is_down_the_page_says_that_nothing_was_saved(visitor, monkeypatch):
    def fail(**_):
        raise OperationalError("the connection was refused")

    monkeypatch.setattr(views, "receive_report", fail)
    answer = visitor("ko").post("/link/", {"link": LINK})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "지금은 저장하지 못했어요" in page
    assert LINK in page
    assert "connection was refused" not in page


def test_a_form_without_its_token_is_refused_and_saves_nothing(visitor):
    browser = visitor("en", strict=True)
    answer = browser.post("/link/", {"link": LINK})
    assert answer.status_code == 403
    assert "Please send it once more." in answer.content.decode()
    assert not Report.objects.exists()


def test_a_form_from_another_site_is_refused_even_with_a_token(visitor):
    browser = visitor("en", strict=True)
    form = _form(browser)
    for origin in ("https://elsewhere.example", "null"):
        assert browser.post("/link/", {**form, "link": LINK}, HTTP_ORIGIN=origin).status_code == 403
    assert browser.post("/link/", {**form, "link": LINK}, HTTP_ORIGIN="http://testserver").status_code == 302


def test_nobody_who_reports_is_given_a_session(visitor):
    browser = visitor()
    browser.post("/link/", {**_form(browser), "link": LINK})
    assert set(browser.cookies) == {"form", "receipt"}
    receipt = browser.cookies["receipt"]
    assert receipt["httponly"]
    assert receipt["samesite"] == "Strict"
    assert {receipt["max-age"], receipt["expires"]} == {""}  # it goes with the browser's window


def test_only_the_browser_that_sent_a_link_reads_that_it_was_received(visitor):
    own = visitor("ko")
    where = own.post("/link/", {**_form(own), "link": LINK}).headers["Location"]
    assert "링크를 받았어요." in own.get(where).content.decode()
    for browser, asked in ((visitor("ko"), where), (own, "/sent/0a1b2c3d/")):
        page = browser.get(asked).content.decode()
        assert "이 번호의 신고가 있는지는 여기서 보여 드리지 않아요." in page
        assert "받았어요" not in page


def test_a_receipt_that_was_moved_to_another_number_or_forged_proves_nothing(visitor):
    own = visitor("ko")
    where = own.post("/link/", {**_form(own), "link": LINK}).headers["Location"]
    for value, asked in ((own.cookies["receipt"].value, "/sent/0a1b2c3d/"), (where[6:14], where)):
        forger = visitor("ko")
        forger.cookies["receipt"] = value
        assert "받았어요" not in forger.get(asked).content.decode()


def test_a_receipt_is_read_for_an_hour_after_the_last_look_and_no_longer(visitor, monkeypatch):
    own = visitor("ko")
    where = own.post("/link/", {**_form(own), "link": LINK}).headers["Location"]
    sent_at_s = time.time()
    for later_s, received in ((3_590, True), (7_180, True), (10_790, False)):
        monkeypatch.setattr("django.core.signing.time.time", lambda later_s=later_s: sent_at_s + later_s)
        assert ("받았어요" in own.get(where).content.decode()) is received, later_s


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ko",
            "이 서비스는 아직 시험 중이라 실제 사이트에는 삭제를 요청하지 못해요. 삭제가 급하면 1366(24시간)에",
        ),
        (
            "en",
            "still being tried out and cannot ask real sites yet. If deletion is urgent, call 1366, day or night.",
        ),
    ],
)
def test_the_first_page_says_before_its_button_what_it_cannot_do_yet(visitor, language, words):
    page = visitor(language).get("/").content.decode()
    assert words in page
    assert page.index(words) < page.index('class="button"')


def test_after_a_mistake_the_page_begins_at_what_is_wrong(visitor):
    page = visitor().post("/link/", {"link": ""}).content.decode()
    assert re.search(r'<div class="problem" role="alert" tabindex="-1" autofocus>', page)
    assert page.count("autofocus") == 1


def test_every_page_of_the_portal_names_who_to_call_and_how_to_leave(visitor):
    for where in ("/", "/link/", "/sent/0a1b2c3d/", "/nowhere/"):
        page = visitor("ko").get(where).content.decode()
        assert 'href="tel:112"' in page, where
        assert 'href="tel:1366"' in page, where
        assert re.search(
            r'<a class="leave" id="leave" rel="noreferrer[^"]*" href="https://www\.google\.com/', page
        ), where


def test_the_number_of_a_report_opens_nothing(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor().get("/sent/00000000/").status_code == 200


def test_the_language_is_switched_by_a_button_and_stays(visitor):
    browser = visitor("ko", strict=True)
    page = browser.get("/").content.decode()
    assert "잘 찾아오셨어요." in page
    token = _hidden(page, "csrfmiddlewaretoken")
    switched = browser.post("/language/", {"language": "en", "next": "/", "csrfmiddlewaretoken": token})
    assert switched.headers["Location"] == "/"
    assert "You are in the right place." in browser.get("/").content.decode()


def test_the_switch_leads_to_no_other_site(visitor):
    switched = visitor().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert switched.headers["Location"] == "/"
