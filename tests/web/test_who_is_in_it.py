"""One question that may stay unanswered: asked gently, kept with the report, told back, and read by the reviewer."""

import re

import pytest
from django.utils import translation

from haetae.flow.arrival.actions import report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Depicted
from haetae.flow.review.models import Review
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.states import Kind
from haetae.web.words.depicted import DEPICTED, answer_words, answers, told_words
from tests.web import sightings

pytestmark = pytest.mark.django_db
LINK = "https://board.example/posts/1"


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _chosen(page: str) -> list[str]:
    return re.findall(r'name="depicted" value="(\w+)" checked', page)


def _sent(visitor, language="en", **form) -> str:
    browser = visitor(language)
    where = browser.post("/link/", {"link": LINK, **form}).headers["Location"]
    return _page(browser.get(where))


def test_the_form_asks_who_it_is_and_has_chosen_not_to_say(visitor):
    page = _page(visitor("ko").get("/link/"))
    assert "사진이나 영상 속 사람은 누구인가요?" in page
    assert "대답하지 않아도 되고, 증명하라고 하지도 않아요." in page
    assert _chosen(page) == ["unsaid"]
    assert [value for value, _ in answers()] == re.findall(r'name="depicted" value="(\w+)"', page)
    assert page.index('name="link"') < page.index('name="depicted"'), "the link stays the first question"


@pytest.mark.parametrize("depicted", Depicted)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_answer_is_kept_with_the_report_and_told_to_the_person_who_gave_it(visitor, depicted, language):
    page = _sent(visitor, language, depicted=depicted)
    assert Report.objects.get().depicted == depicted
    with translation.override(language):
        assert answer_words(depicted) in page


@pytest.mark.parametrize("form", [{}, {"depicted": ""}, {"depicted": "yourself"}, {"depicted": "x" * 9_000}])
def test_no_answer_and_one_that_nobody_can_choose_are_no_answer(visitor, form):
    assert "You did not say who is in it. That is all right." in _sent(visitor, **form)
    assert Report.objects.get().depicted == Depicted.UNSAID


def test_a_mistake_in_the_link_does_not_lose_the_answer(visitor):
    answer = visitor().post("/link/", {"link": "board.example", "depicted": "in_my_care"})
    assert answer.status_code == 422
    assert _chosen(_page(answer)) == ["in_my_care"]
    assert not Report.objects.exists()


def test_the_same_form_with_another_answer_changes_the_answer(visitor):
    browser = visitor()
    key = re.search(r'name="form_key" value="([^"]+)"', _page(browser.get("/link/")))[1]
    for depicted in ("me", "unsaid"):
        sent = browser.post("/link/", {"form_key": key, "link": LINK, "depicted": depicted})
    assert Report.objects.get().depicted == Depicted.UNSAID
    assert "That is all right." in _page(browser.get(sent.headers["Location"]))


@pytest.mark.usefixtures("reviewer")
def test_who_decides_reads_what_every_report_says_and_that_nobody_checked_it(visitor, control_room):
    review = Review.objects.get(pk=sightings.contested())
    for depicted in ("me", "unsaid", "me"):
        browser = visitor()
        browser.post("/link/", {"link": LINK, "depicted": depicted})
    for report in Report.objects.all():
        report_located(report_id=report.pk, sighting_ids=[review.sighting_id])
    task = open_task(kind=Kind.OVERDUE, subject_id=review.request_id, sighting_id=review.sighting_id)
    words = "Whoever reported it says of the person in it: it is me. Nobody has checked that."
    for where in (
        "reviews/",
        f"reviews/{review.pk}/",
        f"tasks/{task.pk}/",
        f"sightings/{review.sighting_id}/",
    ):
        assert words in _page(control_room.get(f"/console/{where}")), where


def test_of_what_nobody_reported_nothing_is_said(control_room):
    review_id = sightings.contested()
    assert "Whoever reported it" not in _page(control_room.get(f"/console/reviews/{review_id}/"))
    assert told_words([]) == ""
    assert told_words(["unsaid"]) == "Whoever reported it did not say who is in it."


def test_every_answer_is_worded():
    assert set(DEPICTED) == set(Depicted)
