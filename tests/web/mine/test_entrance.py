"""Eight words open one's own case. Everything else is answered with one sentence, and nobody learns why."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.common import clock
from haetae.common.keys import KeysBusyError
from haetae.web.portal.mine import entrance
from tests.web.mine.people_inside import LINK, enter, inside, page, text_of, told

RECEIPT, WINDOW = "once", "page"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_words_open_the_case_in_either_language_however_they_are_copied(visitor, language):
    bits = receipt.draw()
    open_case(receipt=bits, told=told())
    words = receipt.words_of(bits, language=language)
    numbered = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, start=1))
    browser = visitor("en")
    assert browser.post("/mine/", {"words": numbered}).status_code == 303
    assert "We are opening your link" in page(browser)


def test_wrong_unknown_and_impossible_words_are_answered_alike_to_the_last_byte(visitor):
    bits = receipt.draw()
    open_case(receipt=bits, told=told())
    words = receipt.words_of(bits, language="en")
    answers = set()
    for typed in (
        " ".join(receipt.words_of(receipt.draw(), language="en")),
        " ".join(reversed(words)),
        " ".join(words[:7]),
        "",
        "x" * 100_000,
        "\x00" * 8,
    ):
        answer = visitor("en").post("/mine/", {"words": typed})
        assert WINDOW not in answer.cookies
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        answers.add((answer.status_code, token.sub("", text_of(answer))))
    assert len(answers) == 1
    assert "These words open nothing." in next(iter(answers))[1]


def test_no_guess_is_less_work_than_another(visitor, settings, monkeypatch):
    """Counted, because a clock on a busy machine proves nothing: one stretch and one question each."""
    stretched = []
    stretch = settings.KEYS.stretch_receipt

    def counted(bits, **more):
        stretched.append(bits)
        return stretch(bits, **more)

    monkeypatch.setattr(settings.KEYS, "stretch_receipt", counted)
    asked = []
    for typed in (" ".join(receipt.words_of(receipt.draw(), language="ko")), "no words at all"):
        with CaptureQueriesContext(
            connection,
        ) as questions:
            visitor("en").post("/mine/", {"words": typed})
        asked.append([re.sub(r"'[0-9a-f]{64}'", "?", one["sql"]) for one in questions])
    assert len(stretched) == 2
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1


def test_while_too_many_guess_the_way_to_a_person_is_shown(visitor, settings, monkeypatch):
    def busy(_bits, **_more):
        raise KeysBusyError

    monkeypatch.setattr(settings.KEYS, "stretch_receipt", busy)
    answer = visitor("en").post("/mine/", {"words": "one two"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "If it is urgent, call 1366, day or night." in text_of(answer)


def test_what_was_typed_is_never_given_back(visitor):
    answer = visitor("en").post("/mine/", {"words": "anchor secretly typed"})
    assert "secretly" not in text_of(answer)


def test_without_a_form_token_nothing_is_tried(visitor):
    answer = visitor("en", strict=True).post("/mine/", {"words": "one two"})
    assert answer.status_code == 403


def test_the_window_closes_by_itself_and_every_page_keeps_it_open(visitor):
    browser = visitor("en")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        inside(browser)
        for _ in range(3):
            traveller.shift(timedelta(minutes=29))
            assert "What you can do here" in page(browser)
        traveller.shift(timedelta(minutes=31))
        assert "Type in your eight words" in page(browser)


def test_who_closes_the_window_leaves_nothing_on_the_device(visitor):
    browser = visitor("en")
    inside(browser)
    answer = browser.post("/mine/close/", follow=True)
    assert "This browser shows nothing of it any more." in text_of(answer)
    assert not any(browser.cookies[name].value for name in (RECEIPT, WINDOW) if name in browser.cookies)
    assert browser.get("/mine/talk/").status_code == 303


@pytest.mark.parametrize(
    "path", ["talk", "more", "change", "stop", "go-on", "words", "recovery", "proof", "copy", "erase", "end"]
)
def test_without_a_window_nothing_of_a_case_is_shown_or_done(visitor, path):
    browser = visitor("en")
    for method in (browser.get, browser.post):
        answer = method(f"/mine/{path}/")
        assert answer.status_code in {303, 405}, path
        if answer.status_code == 303:
            assert answer.headers["Location"].startswith("/mine/"), path


@pytest.mark.parametrize(
    "path",
    [
        "talk",
        "more",
        "change",
        "stop",
        "go-on",
        "words",
        "recovery",
        "proof",
        "copy",
        "close",
        "erase",
        "end",
    ],
)
def test_nothing_is_done_without_the_token_of_our_own_form(visitor, path):
    browser, bits = visitor("en", strict=True), receipt.draw()
    open_case(receipt=bits, told=told())
    easy = visitor("en")
    enter(easy, bits)
    browser.cookies[WINDOW] = easy.cookies[WINDOW].value
    assert browser.post(f"/mine/{path}/", {"text": "forged"}).status_code == 403, path


def test_a_cookie_that_somebody_changed_opens_nothing(visitor):
    browser, other = visitor("en"), visitor("en")
    inside(browser)
    name = WINDOW
    kept = browser.cookies[name].value
    for spoilt in (
        kept[:-2] + ("AA" if kept[-2:] != "AA" else "BB"),
        kept[: len(kept) // 2],
        "",
        "é",
        "A" * 5_000,
    ):
        other.cookies[name] = spoilt
        assert "Type in your eight words" in page(other), spoilt


def test_a_window_opens_its_own_case_and_no_other(visitor):
    mine, theirs = visitor("en"), visitor("en")
    inside(mine)
    inside(theirs, links=[LINK + "2"])
    mine.post("/mine/talk/", {"text": "only for my counsellor"})
    assert "only for my counsellor" in page(mine, "/mine/talk/")
    assert "only for my counsellor" not in page(theirs, "/mine/talk/")


def test_the_cookie_of_a_window_goes_to_the_case_alone_and_with_the_window(visitor):
    browser = visitor("en")
    inside(browser)
    cookie = browser.cookies[WINDOW]
    assert (cookie["path"], cookie["samesite"], bool(cookie["httponly"])) == ("/mine/", "Strict", True)
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_a_storm_of_guesses_holds_three_threads_and_sends_the_others_away_at_once(visitor, monkeypatch):
    """The guesses here do not end before they are let go; what comes besides is answered all the same."""
    begun, let_go = threading.Semaphore(0), threading.Event()

    def endless(_bits, **_more):
        begun.release()
        assert let_go.wait(30)

    monkeypatch.setattr(entrance, "case_of_receipt", endless)
    with ThreadPoolExecutor(entrance.GUESSES_MOST) as storm:
        try:
            held = [
                storm.submit(visitor("en").post, "/mine/", {"words": "a storm"})
                for _ in range(entrance.GUESSES_MOST)
            ]
            for _ in held:
                assert begun.acquire(timeout=10)
            answer = visitor("en").post("/mine/", {"words": "one more"})
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
            assert "Too many people are trying words just now." in text_of(answer)
            assert visitor("en").get("/link/").status_code == 200
        finally:
            let_go.set()
        assert [one.result().status_code for one in held] == [422] * entrance.GUESSES_MOST
    assert visitor("en").post("/mine/", {"words": "afterwards"}).status_code == 422
