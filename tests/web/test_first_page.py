"""The first page, and what every page of the portal has: whom to call, how to leave, and the other language."""

import re

import pytest

from tests.web.forms import opened

pytestmark = pytest.mark.django_db


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
def test_the_first_page_says_before_its_doors_what_it_cannot_do_yet(visitor, language, words):
    page = visitor(language).get("/").content.decode()
    assert words in page
    assert page.index(words) < page.index('class="button"')


def test_the_first_page_has_three_doors_and_a_way_back_to_a_case(visitor):
    page = visitor("ko").get("/").content.decode()
    doors = page.split('<nav class="doors"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', doors) == ["/link/", "/hash/", "/link/?other"]
    assert 'href="/mine/"' in page
    assert "이 기기 밖으로 나가지 않아요." in doors


def test_every_page_of_the_portal_names_who_to_call_and_how_to_leave(visitor):
    for where in ("/", "/link/", "/hash/", "/mine/new/", "/nowhere/"):
        page = visitor("ko").get(where).content.decode()
        assert 'href="tel:112"' in page, where
        assert 'href="tel:1366"' in page, where
        assert re.search(
            r'<a class="leave" id="leave" rel="noreferrer[^"]*" href="https://www\.google\.com/', page
        ), where


def test_after_a_mistake_the_page_begins_at_what_is_wrong(visitor):
    page = visitor().post("/link/", {"links": ""}).content.decode()
    assert re.search(r'<div class="problem" id="problem" role="alert" tabindex="-1" autofocus>', page)
    assert page.count("autofocus") == 1
    assert "autofocus" not in visitor().get("/link/").content.decode()


def test_the_language_is_switched_by_a_button_and_stays(visitor):
    browser = visitor("ko", strict=True)
    assert "잘 찾아오셨어요." in browser.get("/").content.decode()
    token = opened(browser)["csrfmiddlewaretoken"]
    switched = browser.post("/language/", {"language": "en", "next": "/", "csrfmiddlewaretoken": token})
    assert switched.headers["Location"] == "/"
    assert "You are in the right place." in browser.get("/").content.decode()


def test_the_switch_leads_to_no_other_site(visitor):
    switched = visitor().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert switched.headers["Location"] == "/"
