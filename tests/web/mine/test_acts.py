"""What a person does in their own case, in one window and in two."""

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import open_case, write_message
from haetae.agencies.support.models import Case, Message
from haetae.agencies.support.states import Age, Circumstance, Relation, State, Text
from haetae.audit.actor import PUBLIC
from haetae.common.ids import new_id
from haetae.flow.arrival.models import Report
from tests.people import COUNSELLOR
from tests.web.mine.people_inside import LINK, enter, inside, page, text_of, told

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def _form_key(told: str) -> str:
    return told.split('name="form_key" value="')[1].split('"', maxsplit=1)[0]


def test_a_message_sent_twice_is_one_and_the_counsellor_has_the_case(visitor):
    browser = visitor("en")
    opened = inside(browser)
    Case.objects.update(waits_since=None)
    key = _form_key(page(browser, "/mine/talk/"))
    for _ in range(2):
        answer = browser.post("/mine/talk/", {"text": "Is anybody there?", "form_key": key}, follow=True)
    assert "Sent. A counsellor answers here" in text_of(answer)
    assert Message.objects.count() == 1
    assert queries.get_case(opened.case.pk).waits_since is not None


def test_an_answer_is_new_until_the_person_has_read_it(visitor):
    browser = visitor("en")
    opened = inside(browser)
    official = seat_official(
        username=COUNSELLOR.name, role=Role.COUNSELLOR, agency="support_centre",
        since=opened.case.opened_at.date(), actor=PUBLIC,
    )  # fmt: skip
    write_message(opened=opened, text="I am here.", form_key=new_id(), official_id=official.pk, actor=PUBLIC)
    assert "A counsellor has written to you." in page(browser)
    told = page(browser, "/mine/talk/")
    assert "I am here." in told
    assert COUNSELLOR.name not in told
    assert "A counsellor has written to you." not in page(browser)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("  ", "Nothing is written yet."), ("x" * 4_001, "Send it in two messages.")],
)
def test_a_message_that_cannot_be_sent_stays_in_its_field(visitor, text, sentence):
    browser = visitor("en")
    inside(browser)
    answer = browser.post("/mine/talk/", {"text": text})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert text.strip() in text_of(answer)
    assert Message.objects.count() == 0


def test_more_links_are_added_and_a_wrong_one_is_named_and_kept(visitor):
    browser = visitor("en")
    opened = inside(browser)
    answer = browser.post("/mine/more/", {"links": f"{LINK}7\nboard.example", "story": "seen at night"})
    assert answer.status_code == 422
    assert "Link 2:" in text_of(answer)
    assert "seen at night" in text_of(answer)
    assert Report.objects.count() == 1
    browser.post("/mine/more/", {"links": f"{LINK}7\n{LINK}8", "story": "seen at night"})
    assert len(queries.reports_of(opened.case)) == 3
    assert {report.depicted for report in Report.objects.all()} == {"me"}


def test_answers_are_corrected_and_less_protection_is_asked_about(visitor):
    browser = visitor("en")
    opened = inside(browser)
    answer = browser.post("/mine/change/", {"relation": "friend", "age": "under_19"}, follow=True)
    assert "Changed." in text_of(answer)
    case = queries.get_case(opened.case.pk)
    assert (case.relation, case.age) == (Relation.FRIEND, Age.UNDER_19)
    answer = browser.post("/mine/change/", {"relation": "friend", "age": "adult"}, follow=True)
    assert "A counsellor asks you about the rest" in text_of(answer)
    assert queries.get_case(opened.case.pk).age == Age.UNDER_19
    assert "I want to change my answers. Age: 19 or older." in page(browser, "/mine/talk/")


def test_answers_that_do_not_exist_change_nothing(visitor):
    browser = visitor("en")
    opened = inside(browser, age=Age.ADULT, circumstances=[Circumstance.AT_SCHOOL])
    odd = {"relation": "king", "age": "900", "circumstances": ["at_school", "x"], "legal_basis": "none"}
    browser.post("/mine/change/", odd)
    case = queries.get_case(opened.case.pk)
    assert (case.relation, case.age, case.circumstances) == (Relation.ME, Age.ADULT, ["at_school"])
    assert case.legal_basis == ""


def test_who_stops_reads_what_stops_and_can_go_on(visitor):
    browser = visitor("en")
    opened = inside(browser)
    assert "What is deleted stays deleted" in page(browser, "/mine/stop/")
    answer = browser.post("/mine/stop/", follow=True)
    assert "You have stopped it." in text_of(answer)
    assert "Add something" not in text_of(answer)
    assert browser.get("/mine/more/").status_code == 303
    assert browser.post("/mine/more/", {"links": LINK + "9"}).status_code == 303
    assert len(queries.reports_of(opened.case)) == 1
    assert "Go on after all" not in text_of(browser.post("/mine/go-on/", follow=True))
    assert queries.get_case(opened.case.pk).state == State.OPEN


def test_somebody_under_19_reads_that_the_law_goes_on(visitor):
    browser = visitor("ko")
    inside(browser, age=Age.UNDER_19)
    assert "요청이 없어도 지우도록 법이 정하고 있어서" in page(browser, "/mine/stop/")


def test_new_words_are_shown_once_and_close_every_other_window(visitor):
    bits, mine, seen = receipt.draw(), visitor("en"), visitor("en")
    open_case(receipt=bits, told=told())
    enter(mine, bits)
    enter(seen, bits)
    answer = mine.post("/mine/words/", follow=True)
    assert "These are your words." in text_of(answer)
    words = [line.split("</li>")[0] for line in text_of(answer).split('id="words">')[1].split("<li>")[1:9]]
    assert "Type in your eight words" in page(seen)
    assert seen.post("/mine/", {"words": " ".join(receipt.words_of(bits, language="en"))}).status_code == 422
    assert seen.post("/mine/", {"words": " ".join(words)}).status_code == 303
    assert "What you can do here" in page(mine)


def test_two_windows_do_the_same_at_once_and_it_is_done_once(visitor):
    bits, one, other = receipt.draw(), visitor("en"), visitor("en")
    opened = open_case(receipt=bits, told=told())
    enter(one, bits)
    enter(other, bits)
    for browser in (one, other):
        assert "You have stopped it." in text_of(browser.post("/mine/stop/", follow=True))
    assert queries.get_case(opened.case.pk).state == State.WITHDRAWN


def test_what_is_destroyed_meanwhile_is_gone_in_every_window(visitor):
    browser = visitor("en")
    inside(browser)
    Case.objects.update(state=State.DESTROYED.value, lookup=None, key_for_person=None, key_for_custodian=None)
    for path in ("", "talk/", "copy/", "proof/", "change/"):
        answer = browser.get(f"/mine/{path}", follow=True)
        assert "Type in your eight words" in text_of(answer), path
    assert "Type in your eight words" in text_of(browser.post("/mine/talk/", {"text": "still there?"}))
    assert Message.objects.count() == 0


def test_who_one_is_can_be_erased_and_the_case_goes_on(visitor):
    browser = visitor("en")
    opened = inside(browser, texts={Text.NAME: "a name", Text.STORY: "a story"})
    assert "Erase who I am" in page(browser)
    told = text_of(browser.post("/mine/erase/", follow=True))
    assert "Your name and how to reach you are erased." in told
    assert "Erase who I am" not in told
    assert [said.kind for said in queries.texts_of(opened)] == [Text.STORY]


def test_everything_is_destroyed_only_after_it_was_explained_and_asked_once_more(visitor):
    bits, browser = receipt.draw(), visitor("en")
    opened = open_case(receipt=bits, told=told(texts={Text.STORY: "a story"}))
    enter(browser, bits)
    assert "what you wrote about it" in page(browser, "/mine/end/")
    assert "Nobody can bring it back." in text_of(browser.post("/mine/end/"))
    assert queries.get_case(opened.case.pk).state == State.OPEN
    answer = browser.post("/mine/end/", {"sure": "yes"})
    assert "It is destroyed." in text_of(answer)
    assert queries.case_of_receipt(bits) is None
    assert "Type in your eight words" in page(browser)
    assert browser.post("/mine/end/", {"sure": "yes"}).status_code == 303


def test_whatever_a_person_writes_is_text_and_no_markup(visitor):
    browser = visitor("en")
    inside(browser, texts={Text.STORY: MARKUP})
    browser.post("/mine/talk/", {"text": MARKUP})
    for path in ("/mine/", "/mine/talk/"):
        assert MARKUP not in page(browser, path)
    assert "&lt;script&gt;alert(1)" in page(browser, "/mine/talk/")
    assert MARKUP not in text_of(browser.post("/mine/more/", {"links": MARKUP, "story": MARKUP}))
    assert MARKUP not in text_of(browser.post("/mine/talk/", {"text": MARKUP + "x" * 4_000}))
    assert MARKUP not in text_of(browser.post("/check/", {"text": MARKUP}))
