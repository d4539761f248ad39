"""The eight words: shown to the browser that sent the form, until they are written down, and to nobody else."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from haetae.agencies.support.receipt import read
from haetae.common import clock
from haetae.web.portal import pockets
from tests.web.forms import send, words_of

pytestmark = pytest.mark.django_db
NO_WORDS = "There are no words to show here."


def _page(browser) -> str:
    return browser.get("/mine/new/").content.decode()


def test_the_words_are_shown_with_what_to_do_and_with_people_to_talk_to(visitor):
    browser = visitor("ko")
    send(browser)
    page = _page(browser)
    assert len(words_of(page)) == 8
    assert "비밀 단어 8개를 적어 두세요." in page
    assert "잃어버려도 신고한 일은 그대로 진행돼요." in page
    assert 'href="tel:1366"' in page


def test_either_language_shows_words_of_its_own_and_both_open_the_same_case(visitor):
    browser = visitor("ko")
    send(browser)
    korean = words_of(_page(browser))
    english = words_of(browser.get("/mine/new/", headers={"accept-language": "en"}).content.decode())
    assert korean != english
    assert read(" ".join(korean)) == read(" ".join(english)) is not None


def test_once_they_are_written_down_this_browser_cannot_show_them_again(visitor):
    browser = visitor("en", strict=True)
    send(browser)
    token = _page(browser).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    done = browser.post("/mine/new/", {"csrfmiddlewaretoken": token})
    assert (done.status_code, done.headers["Location"]) == (303, "/mine/")
    assert NO_WORDS in _page(browser)
    assert browser.cookies["page"].value, "the case stays open in this window"


def test_after_a_quarter_of_an_hour_they_are_gone(visitor, monkeypatch):
    browser = visitor("en")
    send(browser)
    then = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: then)
    assert NO_WORDS in _page(browser)


def test_another_browser_and_one_with_a_forged_cookie_are_shown_none(visitor):
    own = visitor("en")
    send(own)
    assert NO_WORDS in _page(visitor("en"))
    forger = visitor("en")
    forger.cookies["once"] = own.cookies["once"].value[:-2] + "xx"
    assert NO_WORDS in _page(forger)
    forger.cookies["once"] = own.cookies["page"].value
    assert NO_WORDS in _page(forger)


@pytest.mark.parametrize("what", ["threatened", "money_demanded"])
def test_who_is_threatened_reads_first_whom_to_call_and_what_to_keep(visitor, what):
    browser = visitor("en")
    send(browser, circumstances=[what])
    page = _page(browser)
    assert page.index("First: if somebody threatens you, call 112.") < page.index('id="words"')
    assert page.index("Delete nothing:") < page.index('id="words"')


def test_who_is_not_threatened_reads_the_words_first(visitor):
    browser = visitor("en")
    send(browser, circumstances=["at_school"], age="adult")
    assert "First: if somebody threatens you" not in _page(browser)


def test_a_minor_is_led_to_what_is_different_for_them(visitor):
    browser, other = visitor("en"), visitor("en")
    send(browser, age="under_19")
    send(other, age="adult")
    assert 'class="notice"><a href="/help/under-19/">' in _page(browser)
    assert 'class="notice"><a href="/help/under-19/">' not in _page(other)


def test_the_words_are_shown_while_the_database_does_not_answer(visitor, monkeypatch):
    browser = visitor("en")
    send(browser)
    expected = words_of(_page(browser))

    def fail(*_, **__):
        raise OperationalError("gone")

    monkeypatch.setattr(pockets, "opened_with", fail)
    assert words_of(_page(browser)) == expected


def test_who_opens_the_page_by_its_address_is_told_so_without_a_question_to_the_database(
    visitor, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert NO_WORDS in _page(visitor("en"))
