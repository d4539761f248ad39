"""The code of another picture is added to the case that is there already: no second case, no other words."""

import html
import re

import pytest

from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.models import Case, CaseHash
from haetae.agencies.support.states import Age
from haetae.hashbank.models import KnownPicture
from tests.web.mine.people_inside import inside, page, text_of, told

pytestmark = pytest.mark.django_db
FIRST = f"picture {'ab' * 32} {'3f' * 32} {'a1' * 32} 100"
SECOND = f"film - 0:{'5c' * 32}:{'0f' * 32}:90 1000:{'6d' * 32}:{'1e' * 32}:80"


def _codes(answer) -> list[str]:
    return re.findall(r'name="code" value="([^"]*)"', html.unescape(answer.content.decode()))


def test_the_way_leads_from_the_case_to_the_device_and_back(visitor):
    browser = visitor("en")
    inside(browser)
    assert 'href="/hash/?mine"' in page(browser, "/mine/more/")
    assert 'method="post" action="/mine/more/"' in page(browser, "/hash/?mine")
    fresh = page(browser, "/hash/")
    assert 'method="post" action="/link/"' in fresh
    assert 'formaction="/mine/more/"' in fresh


def test_a_code_is_shown_first_and_added_when_it_is_sent(visitor):
    browser = visitor("en")
    opened = inside(browser, age=Age.UNDER_19)
    answer = browser.post("/mine/more/", {"code": [FIRST, SECOND], "continue": "1"})
    assert (answer.status_code, _codes(answer)) == (200, [FIRST, SECOND])
    assert "2 codes from your device are ready." in text_of(answer)
    assert not CaseHash.objects.exists()
    for _ in range(2):
        answer = browser.post("/mine/more/", {"code": _codes(answer) or [FIRST, SECOND]}, follow=True)
    assert "Added." in text_of(answer)
    assert len(queries.known_of(opened.case)) == 2
    assert Case.objects.count() == 1
    assert {known.list.name for known in KnownPicture.objects.all()} == {"told-minors"}
    assert "We hold the codes of 2 pictures or films of yours." in page(browser)


def test_without_a_window_the_words_are_asked_for_and_the_code_comes_along(visitor):
    bits, browser = receipt.draw(), visitor("en")
    opened = open_case(receipt=bits, told=told())
    asked = browser.post("/mine/more/", {"code": FIRST, "continue": "1"})
    assert "The code comes along." in text_of(asked)
    fields = dict(
        re.findall(r'type="hidden" name="(to|ticket|code)" value="([^"]*)"', asked.content.decode())
    )
    back = browser.post("/mine/", {**fields, "words": " ".join(receipt.words_of(bits, language="ko"))})
    assert "1 code from your device is ready." in text_of(back)
    assert not CaseHash.objects.exists()
    browser.post("/mine/more/", {"code": _codes(back)})
    assert len(queries.known_of(opened.case)) == 1


def test_a_code_that_did_not_arrive_whole_is_left_out_and_said(visitor):
    browser = visitor("en")
    inside(browser)
    answer = browser.post("/mine/more/", {"code": [FIRST, "picture 12"], "story": "seen at night"})
    assert (answer.status_code, _codes(answer)) == (422, [FIRST])
    assert "A code of a picture did not arrive whole" in text_of(answer)
    assert "seen at night" in text_of(answer)
    assert not CaseHash.objects.exists()


def test_more_codes_than_a_report_can_hold_are_not_taken_at_once(visitor):
    browser = visitor("en")
    inside(browser)
    many = [f"picture - {number:064x} {number:064x} 100" for number in range(1, 22)]
    answer = browser.post("/mine/more/", {"code": many})
    assert answer.status_code == 422
    assert len(_codes(answer)) == 20
    assert "These are more than 20 codes." in text_of(answer)
    assert not CaseHash.objects.exists()


def test_a_case_that_was_stopped_takes_no_code(visitor):
    browser = visitor("en")
    inside(browser)
    browser.post("/mine/stop/")
    for more in ({}, {"continue": "1"}):
        assert browser.post("/mine/more/", {"code": FIRST, **more}).status_code == 303
    assert not CaseHash.objects.exists()
