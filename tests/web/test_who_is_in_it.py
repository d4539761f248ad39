"""One question that may stay unanswered: asked gently, kept with the report, told back, and read by the reviewer."""

import re

import pytest

from haetae.flow.arrival.actions import report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Depicted
from haetae.flow.review.models import Review
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.states import Kind
from haetae.web.words.depicted import told_words
from tests.web import sightings
from tests.web.forms import LINK, opened, send

pytestmark = pytest.mark.django_db


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("relation", "depicted"),
    [
        ("me", "me"),
        ("child", "in_my_care"),
        ("client", "in_my_care"),
        ("pupil", "somebody_else"),
        ("unsaid", "unsaid"),
        ("x" * 9_000, "unsaid"),
    ],
)
def test_the_answer_is_kept_with_every_link_of_the_report(visitor, relation, depicted):
    send(visitor(), links=f"{LINK}\n{LINK}0", relation=relation)
    assert {report.depicted for report in Report.objects.all()} == {depicted}
    assert Report.objects.count() == 2


def test_the_same_form_with_another_answer_changes_the_answer(visitor):
    browser = visitor()
    form = {**opened(browser), "links": LINK}
    for relation in ("me", "unsaid"):
        browser.post("/link/", {**form, "relation": relation})
    assert Report.objects.get().depicted == Depicted.UNSAID


@pytest.mark.usefixtures("reviewer")
def test_who_decides_reads_what_every_report_says_and_that_nobody_checked_it(visitor, control_room):
    review = Review.objects.get(pk=sightings.contested())
    for depicted in ("me", "unsaid", "me"):
        browser = visitor()
        send(browser, relation=depicted)
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


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("answer", sorted(set(Depicted) - {Depicted.UNSAID}))
def test_every_answer_is_worded(answer):
    assert told_words([answer]).startswith("Whoever reported it says of the person in it: it is ")
