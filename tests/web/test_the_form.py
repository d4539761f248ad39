"""Somebody tells us what they know: one document, nothing lost, nothing saved before it is sent."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from haetae.agencies.support.models import Case
from haetae.agencies.support.queries import messages_of, texts_of
from haetae.agencies.support.rules import LINKS_MOST, TEXT_LONGEST
from haetae.agencies.support.states import Age, Cadence, Circumstance, Relation, Text
from haetae.common import clock
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.rules import LONGEST_LINK
from haetae.web.portal import sending
from tests.web.forms import LINK, case_of, chosen, hidden, opened, send, words_of

pytestmark = pytest.mark.django_db


def test_sora_tells_everything_at_once_and_the_words_open_her_case(visitor):
    browser = visitor("ko", strict=True)
    sent = send(
        browser,
        links=f"  {LINK} \r\n\r\n{LINK}0\r\n",
        keywords="moonlight board",
        story="Somebody of my class showed it to me.",
        poster="account moonlight_77",
        relation="me",
        age="under_19",
        circumstances=["threatened", "at_school", "guardian_unsafe"],
        legal_basis="infringed_person_request",
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, "/mine/new/")
    opened_case = case_of(browser)
    case = opened_case.case
    assert {report.link for report in Report.objects.all()} == {LINK, LINK + "0"}
    assert {said.kind: said.text for said in texts_of(opened_case)} == {
        Text.KEYWORDS: "moonlight board",
        Text.STORY: "Somebody of my class showed it to me.",
        Text.POSTER: "account moonlight_77",
    }
    assert (case.relation, case.age, case.language) == (Relation.ME, Age.UNDER_19, "ko")
    assert set(case.circumstances) == {
        Circumstance.THREATENED,
        Circumstance.AT_SCHOOL,
        Circumstance.GUARDIAN_UNSAFE,
    }
    assert (case.legal_basis, case.cadence) == ("infringed_person_request", Cadence.NEVER)


def test_nothing_is_saved_by_opening_the_form_nor_by_bringing_a_code_to_it(visitor):
    browser = visitor()
    browser.post("/link/", {**opened(browser), "links": LINK, "continue": "1"})
    assert not Case.objects.exists()
    assert not Report.objects.exists()


@pytest.mark.parametrize("field", ["links", "keywords", "story"])
def test_one_thing_to_find_it_by_is_enough(visitor, field):
    browser = visitor()
    fields = {"links": "", field: LINK if field == "links" else "a chat room with a moon in its name"}
    assert send(browser, **fields).status_code == 303
    case = case_of(browser).case
    assert (case.relation, case.age, case.legal_basis) == (Relation.UNSAID, Age.UNSAID, "")
    assert case.waits_since is not None


def test_a_form_sent_again_after_its_case_was_stopped_adds_nothing_to_it_and_is_a_case_of_its_own(visitor):
    """Whoever goes back and sends another link wants something; but not in a case in which nothing is asked for."""
    browser = visitor("en")
    form = {**opened(browser), "links": LINK}
    browser.post("/link/", form)
    stopped = case_of(browser).case
    browser.post("/mine/stop/")
    assert browser.post("/link/", {**form, "links": "https://board.example/posts/8"}).status_code == 303
    other = case_of(browser).case
    assert other.pk != stopped.pk
    assert [link.report.link for link in stopped.links.all()] == [LINK]
    assert [link.report.link for link in other.links.all()] == ["https://board.example/posts/8"]


def test_the_same_form_sent_twice_is_one_case_with_the_same_words(visitor):
    browser = visitor()
    form = {**opened(browser), "links": LINK}
    words = []
    for _ in range(2):
        assert browser.post("/link/", form).status_code == 303
        words.append(words_of(browser.get("/mine/new/").content.decode()))
    assert words[0] == words[1]
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)


def test_another_link_in_a_form_that_was_gone_back_to_is_added_to_the_same_case(visitor):
    browser = visitor()
    form = opened(browser)
    for link in (LINK, LINK + "0"):
        browser.post("/link/", {**form, "links": link})
    assert {report.link for report in Report.objects.all()} == {LINK, LINK + "0"}
    assert Case.objects.count() == 1


def test_who_goes_back_and_answers_otherwise_corrects_the_case_and_never_to_less_protection(visitor):
    browser = visitor()
    form = {**opened(browser), "links": LINK}
    browser.post("/link/", {**form, "relation": "friend"})
    before = case_of(browser).case
    browser.post("/link/", {**form, "relation": "me", "age": "under_19", "circumstances": ["threatened"]})
    raised = case_of(browser).case
    assert (raised.relation, raised.age, raised.circumstances) == ("me", "under_19", ["threatened"])
    assert raised.rank < before.rank
    for _ in range(2):
        browser.post("/link/", {**form, "relation": "me", "age": "adult", "circumstances": ["threatened"]})
    after = case_of(browser)
    assert after.case.age == "under_19"
    assert len(messages_of(after)) == 1, "a counsellor asks first"
    assert Case.objects.count() == 1


def test_two_forms_are_two_cases(visitor):
    browser = visitor()
    for _ in range(2):
        send(browser)
    assert Case.objects.count() == 2


@pytest.mark.parametrize("token", ["", "not a key", "A" * 90_000])
def test_a_form_whose_key_was_tampered_with_still_reports(visitor, token):
    assert send(visitor(), form_key=token).status_code == 303
    assert Case.objects.count() == 1


def test_who_finds_the_form_on_somebodys_device_later_does_not_come_into_the_case(visitor, monkeypatch):
    """A form is a way back into its case only as long as the words are shown."""
    browser, finder = visitor(), visitor()
    form = {**opened(browser), "links": LINK}
    browser.post("/link/", form)
    own = words_of(browser.get("/mine/new/").content.decode())
    then = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: then)
    assert finder.post("/link/", form).status_code == 303
    assert words_of(finder.get("/mine/new/").content.decode()) != own
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "language", "words"),
    [
        ("board.example/posts/7", "en", "Link 1: A link begins with http:// or https://."),
        ("board.example/posts/7", "ko", "링크 1번: 링크는 http:// 또는 https://로 시작해요."),
        (f"{LINK}\n\nhttps://a.example/ https://b.example/", "ko", "링크 2번: 링크 안에 빈칸이 있어요."),
        (
            f"{LINK}\nhttps://a.example/" + "x" * LONGEST_LINK,
            "en",
            "Link 2: This is longer than a link can be",
        ),
        ("https://a.example/\x00", "en", "Link 1: There is a space inside the link."),
        ("", "en", "We need one thing to find it by"),
        ("", "ko", "찾으려면 하나는 필요해요."),
        (" \n ", "en", "We need one thing to find it by"),
        (
            "\n".join(f"{LINK}{n}" for n in range(LINKS_MOST + 1)),
            "en",
            "These are more than 20 links. Send the first 20",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words_with_its_number_and_nothing_is_lost(visitor, typed, language, words):
    browser = visitor(language)
    form = opened(browser)
    fields = {
        "poster": "someone of the & class",
        "relation": "child",
        "age": "under_19",
        "circumstances": ["known_poster", "money_demanded"],
        "legal_basis": "infringed_person_request",
    }
    answer = browser.post("/link/", {**form, "links": typed, **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'aria-invalid="true">\n{typed}</textarea>' in page
    assert hidden(page)["form_key"] == form["form_key"]
    assert "someone of the &amp; class</textarea>" in page
    assert chosen(page, "relation") == ["child"]
    assert chosen(page, "age") == ["under_19"]
    assert chosen(page, "circumstances") == ["money_demanded", "known_poster"]
    assert chosen(page, "legal_basis") == ["infringed_person_request"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["story", "keywords", "poster"])
def test_a_text_that_is_too_long_is_kept_and_said(visitor, field):
    answer = send(visitor(), **{field: "y" * (TEXT_LONGEST + 1)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "longer than 8,000 characters" in page
    assert f'<a href="#{field}">' in page
    assert "y" * (TEXT_LONGEST + 1) in page
    if field != "poster":
        assert '<details class="other" open>' in page


@pytest.mark.parametrize("field", ["links", "keywords", "story", "poster"])
def test_what_was_typed_is_shown_as_text_and_never_as_markup(visitor, field):
    typed = "</textarea><script>alert(1)</script>"
    page = send(visitor(), **{"links": "x", field: typed}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert" in page


def test_when_the_database_is_down_everything_stays_in_the_form_and_nothing_is_said_of_the_inside(
    visitor, monkeypatch
):
    def fail(**_):
        raise OperationalError("the connection was refused")

    monkeypatch.setattr(sending, "open_case", fail)
    browser = visitor("ko")
    form = opened(browser)
    answer = browser.post("/link/", {**form, "links": LINK, "story": "A long text.", "age": "under_19"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "지금은 저장하지 못했어요" in page
    assert f"{LINK}</textarea>" in page
    assert "A long text.</textarea>" in page
    assert chosen(page, "age") == ["under_19"]
    assert hidden(page)["form_key"] == form["form_key"]
    assert 'href="tel:1366"' in page
    assert "connection was refused" not in page
    assert not browser.cookies.get("page")


def test_a_form_without_its_token_is_refused_and_saves_nothing(visitor):
    answer = visitor("en", strict=True).post("/link/", {"links": LINK})
    assert answer.status_code == 403
    assert "Please send it once more." in answer.content.decode()
    assert not Case.objects.exists()


def test_a_form_from_another_site_is_refused_even_with_a_token(visitor):
    browser = visitor("en", strict=True)
    form = {**opened(browser), "links": LINK}
    for origin in ("https://elsewhere.example", "null"):
        assert browser.post("/link/", form, HTTP_ORIGIN=origin).status_code == 403
    assert browser.post("/link/", form, HTTP_ORIGIN="http://testserver").status_code == 303


def test_nobody_who_reports_is_given_a_session(visitor):
    browser = visitor()
    send(browser)
    of_the_form = {name for name in browser.cookies if name not in {"once", "page"}}
    assert of_the_form == {"form"}, "the form's own, against forgery"
    for name in browser.cookies:
        cookie = browser.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Strict", name
        assert {cookie["max-age"], cookie["expires"]} == {""}, name  # it goes with the browser's window


def test_who_changes_the_language_in_the_middle_loses_nothing(visitor):
    browser = visitor("ko", strict=True)
    form = opened(browser)
    fields = {"links": "half a link", "story": "A long text.", "age": "under_19", "part": "danger"}
    answer = browser.post("/link/", {**form, **fields, "language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Is any of this so?" in page
    assert "half a link</textarea>" in page
    assert "A long text.</textarea>" in page
    assert chosen(page, "age") == ["under_19"]
    assert 'data-begin="danger"' in page
    assert hidden(page)["form_key"] == form["form_key"]
    assert "You are in the right place." in browser.get("/").content.decode()
    assert not Case.objects.exists()


def test_the_part_at_which_somebody_is_comes_back_only_where_there_is_one(visitor):
    browser = visitor("en")
    page = browser.post("/link/", {**opened(browser), "part": '"><b>', "language": "ko"}).content.decode()
    assert 'data-begin=""' in page
