"""The pages of files: for whoever works on one, after a reason; for everybody else there is no such page."""

import pytest
from django.urls import reverse

from haetae.audit.models import Event
from tests import people
from tests.investigations import SECRET_NAME, approver, begin_file, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def test_an_officer_begins_a_file_and_adds_a_colleague_who_says_why_she_opens_it(browser_of):
    park, shin = officer(), officer(people.SECOND_OFFICER)
    hers, his = browser_of(shin), browser_of(park)
    begun = his.post(
        reverse("console:investigation_new"),
        {"name": SECRET_NAME, "victim": "adult", "offence": "spread"},
        follow=True,
    )
    page = begun.redirect_chain[-1][0]
    assert SECRET_NAME in begun.content.decode()
    assert hers.get(page).status_code == 404
    his.post(f"{page}members/", {"colleague": str(shin.pk)})
    asked = hers.get(page, follow=True)
    assert asked.redirect_chain[-1][0] == f"{page}open/"
    assert SECRET_NAME not in asked.content.decode()
    opened = hers.post(f"{page}open/", {"reason": "check"}, follow=True)
    assert SECRET_NAME in opened.content.decode()


def test_a_stranger_to_the_file_gets_404_and_what_they_sent_is_recorded(browser_of):
    opened = begin_file(officer())
    page = reverse("console:investigation_close", args=[opened.investigation.pk])
    assert browser_of(officer(people.THIRD_OFFICER)).post(page).status_code == 404
    assert Event.objects.get(name="investigations.refused").facts == {"code": "file_of_others"}


def test_whoever_approves_works_on_no_file(browser_of):
    opened = begin_file(officer())
    page = reverse("console:investigation", args=[opened.investigation.pk])
    assert browser_of(approver()).get(page).status_code == 403


def test_what_is_missing_is_said_and_nothing_is_lost(browser_of):
    answer = browser_of(officer(), "ko").post(
        reverse("console:investigation_new"), {"name": "", "victim": "adult", "offence": "spread"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "이름은 3자에서 120자까지" in text
    assert 'value="spread" selected' in text


def test_the_last_one_reads_why_they_cannot_leave(browser_of):
    park = officer()
    opened = begin_file(park)
    page = reverse("console:investigation_leave", args=[opened.investigation.pk, park.pk])
    answer = browser_of(park).post(page)
    assert answer.status_code == 409
    assert "Add a colleague first" in answer.content.decode()


def test_a_closed_file_offers_nothing_to_add(browser_of):
    park = officer()
    opened = begin_file(park)
    file_id = opened.investigation.pk
    browser = browser_of(park)
    browser.post(reverse("console:investigation_close", args=[file_id]))
    text = browser.get(reverse("console:investigation", args=[file_id])).content.decode()
    assert "closed" in text
    assert "Add them" not in text
