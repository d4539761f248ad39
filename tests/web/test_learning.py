"""A pupil reads a lesson and answers a quiz: every answer is explained, and nobody learns what was answered."""

import re

import pytest
from django.urls import reverse

from haetae.agencies.education.lessons.facts import Audience
from haetae.audit.models import Event

pytestmark = pytest.mark.django_db
MIDDLE = Audience.MIDDLE.value


@pytest.fixture(params=["ko", "en"])
def language(request) -> str:
    return request.param


def test_the_list_leads_to_every_lesson_and_each_lesson_to_its_quiz(visitor, language):
    browser = visitor(language)
    listed = browser.get(reverse("portal:learn")).content.decode()
    for audience in Audience:
        where = reverse("portal:lesson", args=[audience.value])
        assert where in listed
        assert reverse("portal:quiz", args=[audience.value]) in browser.get(where).content.decode()


def test_a_lesson_says_of_which_day_its_law_is_and_names_the_articles(visitor, language):
    page = visitor(language).get(reverse("portal:lesson", args=[MIDDLE])).content.decode()
    assert ("1년 이상의 징역" if language == "ko" else "at least 1 year in prison") in page
    assert ("제11조제5항" if language == "ko" else "Article 11(5)") in page
    assert re.search(r"20\d\d년 \d+월 \d+일 기준|As of \d+ \w+ 20\d\d", page)


def test_a_quiz_explains_what_was_chosen_and_keeps_it_on_the_page(visitor):
    browser = visitor("en")
    where = reverse("portal:quiz", args=[MIDDLE])
    assert "1 of 6 right" not in browser.get(where).content.decode()
    answered = browser.post(where, {"only_kept": "2", "voice": "1"}).content.decode()
    assert answered.count(" checked") == 2
    assert "of 6 right" in answered
    assert answered.count('class="why"') >= 2


def test_a_wrong_answer_also_gets_the_right_one(visitor):
    browser, where = visitor("en"), reverse("portal:quiz", args=[MIDDLE])
    for place in "012":
        page = browser.post(where, {"voice": place}).content.decode()
        assert ("The right answer:" in page) == ("1 of 6 right" not in page)


@pytest.mark.parametrize("typed", ["9", "-1", "²", "x" * 300, ""])
def test_a_place_that_is_none_is_an_open_question(visitor, typed):
    page = visitor("en").post(reverse("portal:quiz", args=[MIDDLE]), {"voice": typed}).content.decode()
    assert "0 of 6 right" in page
    assert "Some are still open" in page


def test_nothing_is_written_about_whoever_answers(visitor, django_assert_num_queries):
    browser, before = visitor("en"), Event.objects.count()
    with django_assert_num_queries(0):
        answer = browser.post(reverse("portal:quiz", args=[MIDDLE]), {"voice": "1"})
    assert Event.objects.count() == before
    assert set(answer.cookies) <= {"form"}  # the mark of the form itself


def test_a_lesson_that_there_is_not_is_not_found(visitor):
    for page in ("lesson", "quiz"):
        assert visitor("en").get(reverse(f"portal:{page}", args=["kittens"])).status_code == 404


def test_the_page_for_pupils_says_nothing_twice_and_leads_to_the_lessons(visitor):
    page = visitor("en").get(reverse("portal:help_pupils")).content.decode()
    for audience in ("primary", "middle", "high"):
        assert reverse("portal:lesson", args=[audience]) in page
