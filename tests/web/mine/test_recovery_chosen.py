"""Who may give new words is chosen by the person, beforehand, and taken back at any time."""

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.support.desk.actions import take_on
from haetae.agencies.support.destroying.actions import erase_identity
from haetae.agencies.support.models import Case, NewWords
from haetae.agencies.support.recovery.actions import ask_new_words
from haetae.agencies.support.states import IdentityCheck, Recovery, Text
from haetae.audit.actor import PUBLIC
from haetae.common import clock
from tests.people import COUNSELLOR
from tests.web.mine.people_inside import inside, page, text_of

pytestmark = pytest.mark.django_db
PAGE = "/mine/recovery/"
LEFT = {Text.NAME: "a name", Text.CONTACT: "a number", Text.STORY: "a story"}


def _counsellor():
    return seat_official(
        username=COUNSELLOR.name, role=Role.COUNSELLOR, agency="support_centre",
        since=clock.now().date(), actor=PUBLIC,
    )  # fmt: skip


def _choose(browser, **answers: str) -> str:
    return text_of(browser.post(PAGE, answers, follow=True))


def test_nobody_is_chosen_before_the_person_chooses_and_the_risk_is_said(visitor):
    browser = visitor("en")
    inside(browser)
    assert "If you lose your words" in page(browser)
    told = page(browser, PAGE)
    assert "Two counsellors together could then open your case in your place." in told
    assert 'value="nobody" checked' in told
    assert 'value="counsellor"' not in told


def test_the_centre_is_chosen_and_taken_back(visitor):
    browser = visitor("en")
    inside(browser)
    assert "Noted." in _choose(browser, chosen="centre", how="question")
    case = Case.objects.get()
    assert (case.recovery, case.recovery_check) == (Recovery.CENTRE, IdentityCheck.QUESTION)
    assert 'value="centre" checked' in page(browser, PAGE)
    _choose(browser, chosen="nobody", how="question")
    case.refresh_from_db()
    assert (case.recovery, case.recovery_check) == (Recovery.NOBODY, "")


def test_the_counsellor_who_has_taken_it_on_is_chosen_and_no_other(visitor):
    browser = visitor("en")
    opened, official = inside(browser), _counsellor()
    answer = browser.post(PAGE, {"chosen": "counsellor", "how": "question"})
    assert answer.status_code == 422
    assert "No counsellor looks after your case at the moment." in text_of(answer)
    take_on(case_id=opened.case.pk, official_id=official.pk)
    _choose(browser, chosen="counsellor", how="question")
    assert Case.objects.get().recovery_by_id == official.pk
    assert COUNSELLOR.name not in page(browser, PAGE)
    Case.objects.update(counsellor=None)
    assert "a counsellor who does not look after your case any more" in page(browser, PAGE)


@pytest.mark.parametrize("how", ["", "call_back", "in_person", "a nod"])
def test_a_way_that_cannot_be_gone_is_not_taken(visitor, how):
    """Nothing was left by which a call or a paper could be compared."""
    browser = visitor("en")
    inside(browser)
    told = page(browser, PAGE)
    assert "call_back" not in told
    assert "in_person" not in told
    answer = browser.post(PAGE, {"chosen": "centre", "how": how})
    assert answer.status_code == 422
    assert "Choose how they may know that it is you." in text_of(answer)
    assert Case.objects.get().recovery == Recovery.NOBODY


def test_who_left_a_number_can_be_called_and_reads_when_that_helps_no_more(visitor):
    browser = visitor("en")
    opened = inside(browser, texts=LEFT)
    _choose(browser, chosen="centre", how="call_back")
    assert Case.objects.get().recovery_check == IdentityCheck.CALL_BACK
    erase_identity(opened=opened)
    told = page(browser, PAGE)
    assert "choose anew" in told
    assert "call_back" not in told


def test_whoever_still_has_the_words_sees_that_new_ones_were_asked_for_and_stops_it(visitor):
    browser = visitor("en")
    opened, official = inside(browser), _counsellor()
    _choose(browser, chosen="centre", how="question")
    assert "New words were asked for." not in page(browser)
    ask_new_words(case_id=opened.case.pk, how=IdentityCheck.QUESTION, official_id=official.pk)
    assert "New words were asked for. Was it not you?" in page(browser)
    assert "It was not me: stop it" in page(browser, PAGE)
    _choose(browser, chosen="nobody")
    assert NewWords.objects.get().state == "refused"
    assert "New words were asked for." not in page(browser)


def test_an_answer_that_does_not_exist_changes_nothing(visitor):
    browser = visitor("en")
    inside(browser)
    _choose(browser, chosen="centre", how="question")
    _choose(browser, chosen="my cousin", how="question")
    assert Case.objects.get().recovery == Recovery.CENTRE
