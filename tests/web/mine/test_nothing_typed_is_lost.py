"""A window that has closed, keys or a database that do not answer: what was typed is still there, and nowhere else."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.models import Case, Message
from haetae.common import clock
from haetae.common.keys import KeysAwayError, KeysBusyError
from haetae.web.portal import pockets
from tests.web.mine.people_inside import CODE, LINK, enter, page, text_of, told

pytestmark = pytest.mark.django_db
WINDOW = "page"
TYPED = 'Is "anybody" there?\nI am <b>waiting</b>.'
PICTURE = f"picture {CODE.sha256} {CODE.pdq} {CODE.dhash} 100"
FORMS: dict[str, dict[str, Any]] = {
    "talk": {"text": TYPED},
    "more": {"links": f"{LINK}7\n{LINK}8", "story": TYPED, "code": [PICTURE]},
    "change": {"relation": "friend", "age": "under_19", "circumstances": ["at_school", "threatened"]},
    "recovery": {"chosen": "centre", "how": "question"},
}


@pytest.fixture
def bits() -> bytes:
    drawn = receipt.draw()
    open_case(receipt=drawn, told=told())
    return drawn


def _words(bits: bytes) -> str:
    return " ".join(receipt.words_of(bits, language="en"))


def _hidden(answer) -> dict[str, list[str]]:
    """What a browser sends with the form, but for the words."""
    found: dict[str, list[str]] = {}
    form = answer.content.decode().split('<form method="post" action="/mine/"')[1].split("</form>")[0]
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def _sent(fields: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


def _missing(fields: dict[str, Any], answer) -> list[str]:
    """What does not stand in its field: a code of a choice must be marked, not only offered."""
    shown = html.unescape(answer.content.decode())
    values = [value for values in _sent(fields).values() for value in values]
    return [
        value
        for value in values
        if (f'value="{value}" checked' if re.fullmatch(r"\w+", value) else value) not in shown
    ]


@pytest.mark.parametrize("path", FORMS)
def test_after_half_an_hour_the_words_are_asked_for_and_what_was_typed_comes_along(visitor, bits, path):
    browser, fields = visitor("en"), FORMS[path]
    with time_machine.travel(clock.now(), tick=False) as traveller:
        enter(browser, bits)
        traveller.shift(timedelta(minutes=31))
        asked = browser.post(f"/mine/{path}/", fields)
        assert asked.status_code == 422
        assert "what you wrote is not lost" in text_of(asked)
        hidden = _hidden(asked)
        assert _sent(fields).items() <= hidden.items()
        wrong = browser.post("/mine/", {**hidden, "words": "one two three"})
        assert "These words open nothing." in text_of(wrong)
        assert _sent(fields).items() <= _hidden(wrong).items()
        back = browser.post("/mine/", {**_hidden(wrong), "words": _words(bits)})
    assert back.status_code == 200
    assert "What you wrote is here, and not saved yet." in text_of(back)
    assert _missing(fields, back) == []
    for answer in (asked, wrong, back):
        assert 'name="language"' not in text_of(answer), "changing the language would lose it"
    assert not Message.objects.exists()
    assert "What you can do here" in page(browser)


@pytest.mark.parametrize("path", FORMS)
def test_what_was_typed_is_in_no_cookie_and_not_in_the_database(visitor, bits, path):
    answer = visitor("en").post(f"/mine/{path}/", FORMS[path])
    kept = pockets._take(answer.cookies["back"].value, purpose=pockets._TICKET, valid=pockets.WINDOW_OPEN)
    assert len(kept) == 16
    assert set(answer.cookies) - {"csrftoken"} <= {"back", "form"}
    assert not Message.objects.exists()
    assert len(queries.reports_of(Case.objects.get())) == 1
    assert not queries.known_of(Case.objects.get())


def test_a_message_that_came_back_is_sent_once(visitor, bits):
    browser = visitor("en")
    enter(browser, bits)
    key = page(browser, "/mine/talk/").split('name="form_key" value="')[1].split('"')[0]
    browser.post("/mine/close/")
    back = browser.post(
        "/mine/",
        {**_hidden(browser.post("/mine/talk/", {"text": TYPED, "form_key": key})), "words": _words(bits)},
    )
    assert key in text_of(back)
    for _ in range(2):
        browser.post("/mine/talk/", {"text": TYPED, "form_key": key})
    assert Message.objects.count() == 1


def test_a_page_that_is_reloaded_after_the_window_was_closed_lets_nobody_in(visitor, bits):
    """A browser offers to send such a form once more, words and all, to whoever holds the phone next."""
    browser = visitor("en")
    form = {**_hidden(browser.post("/mine/talk/", {"text": TYPED})), "words": _words(bits)}
    assert "not saved yet" in text_of(browser.post("/mine/", form))
    browser.post("/mine/close/")
    reloaded = browser.post("/mine/", form)
    assert WINDOW not in reloaded.cookies
    assert "Type in your eight words" in text_of(reloaded)
    assert "Type in your eight words" in page(browser)


def test_a_form_without_our_ticket_or_an_old_one_lets_nobody_in(visitor, bits):
    browser = visitor("en")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        form = {**_hidden(browser.post("/mine/talk/", {"text": TYPED})), "words": _words(bits)}
        for ticket in ("", "forged", "é"):
            answer = visitor("en").post("/mine/", {**form, "ticket": ticket})
            assert WINDOW not in answer.cookies
        traveller.shift(timedelta(minutes=31))
        late = browser.post("/mine/", form)
        assert WINDOW not in late.cookies
        assert _hidden(late)["text"] == [TYPED]
        assert "not saved yet" in text_of(browser.post("/mine/", {**_hidden(late), "words": _words(bits)}))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("problem", [OperationalError("gone"), KeysAwayError()], ids=["database", "keys"])
def test_while_database_or_keys_are_away_everything_stays_in_its_form(
    visitor, bits, path, problem, monkeypatch
):
    browser, fields = visitor("en"), FORMS[path]
    enter(browser, bits)

    def away(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr("haetae.web.portal.pockets.opened_with", away)
    answer = browser.post(f"/mine/{path}/", fields)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "What you wrote is still here" in text_of(answer)
    assert _missing(fields, answer) == []


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (KeysBusyError(), "Too many people are trying words just now."),
        (KeysAwayError(), "What you wrote is still here"),
        (OperationalError("gone"), "What you wrote is still here"),
    ],
)
def test_while_words_cannot_be_tried_what_was_typed_waits_with_them(
    visitor, bits, problem, words, monkeypatch
):
    browser = visitor("en")
    form = _hidden(browser.post("/mine/talk/", {"text": TYPED}))

    def away(*_: object, **__: object) -> None:
        raise problem

    with monkeypatch.context() as patched:
        patched.setattr("haetae.web.portal.mine.entrance.case_of_receipt", away)
        answer = browser.post("/mine/", {**form, "words": _words(bits)})
    assert answer.status_code == 503
    assert words in text_of(answer)
    assert _hidden(answer)["text"] == [TYPED]
    assert TYPED in html.unescape(
        browser.post("/mine/", {**_hidden(answer), "words": _words(bits)}).content.decode()
    )


def test_a_page_with_nothing_typed_only_asks_for_the_words(visitor):
    answer = visitor("en").post("/mine/talk/", {"text": "  ", "form_key": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mine/?closed")


def test_a_page_that_is_none_of_ours_leads_back_nowhere(visitor, bits):
    answer = visitor("en").post("/mine/", {"to": "end", "sure": "yes", "text": TYPED, "words": _words(bits)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mine/")
