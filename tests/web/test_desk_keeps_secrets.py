"""No page of the desk tells an operator who reported, who is in it, what they wrote, or who decided."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from haetae.agencies.support.actions import open_case
from haetae.agencies.support.receipt import draw
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Channel, Relation, Text
from haetae.flow.arrival.actions import receive_report, report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Depicted
from haetae.flow.removal.actions import order_after_review
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.rules import Depicts
from haetae.flow.removal.states import Ordered, State
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason as Ground
from haetae.flow.review.states import State as Decided
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.states import Kind as Why
from haetae.operators.answers.models import Inbound
from tests import people
from tests.commission import commission_decides, seat_commission
from tests.web import sightings

pytestmark = pytest.mark.django_db

LINK = "https://board.example/posts/1?seen-by=the-music-club"
STORY, NAME, CONTACT = "somebody from the music club posted it", "The pupil of 3-2", "010-5555-0199"
STATEMENT = "Her classmates said that the face was taken from the yearbook."
REASONS = "The face was put onto another body."


@pytest.fixture
def planted(board, reviewer) -> list[UUID]:
    """A girl reports a link; the operator is unsure; a reviewer writes down what they know, and it is ordered."""
    found, elsewhere = sightings.found(1), sightings.found(1, host="other.example")
    told = Told(
        links=[LINK],
        texts={Text.STORY: STORY, Text.NAME: NAME, Text.CONTACT: CONTACT},
        relation=Relation.ME,
        age=Age.UNDER_19,
        channel=Channel.PORTAL,
    )
    open_case(receipt=draw(), told=told)
    report = Report.objects.get()
    report_located(report_id=report.pk, sighting_ids=[found])
    sightings.asked(elsewhere)
    review_id = _contested(found)
    against, *majority = seat_commission(6)
    commission_decides(
        review_id, decision=Decided.NOT_HARMFUL, reason=Ground.LAWFUL, statement=STATEMENT, members=[against]
    )
    commission_decides(
        review_id, decision=Decided.REMOVE, reason=Ground.MINOR, statement=REASONS, members=majority
    )
    review = Review.objects.get(pk=review_id)
    ordered = order_after_review(
        request_id=review.request_id,
        review_id=review_id,
        ordered=Ordered.REMOVE,
        depicts=Depicts(minor=True, manipulated=True),
    )
    assert ordered is not None
    open_task(kind=Why.OVERDUE, subject_id=ordered, sighting_id=found)
    return [review.request_id, ordered]


def _contested(found: UUID) -> UUID:
    from haetae.flow.review import actions as review
    from haetae.flow.review.states import Because

    request_id = sightings.answered(found, State.UNSURE, reason="cannot_judge")
    review_id = review.open_review(request_id=request_id, sighting_id=found, because=Because.UNSURE)
    assert review_id is not None
    return review_id


def _pages(browser: Client, requests: list[UUID]) -> Iterator[tuple[str, str]]:
    paths = ["/operator/", "/operator/?show=with_us", "/operator/?show=ended"]
    paths += ["/operator/numbers/", "/operator/connection/"]
    for request_id in requests:
        paths += [f"/operator/?said={request_id}", f"/operator/requests/{request_id}/"]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        yield path, answer.content.decode()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_page_of_the_desk_tells_an_operator_of_a_person(planted, board, at_desk, reviewer, language):
    from haetae.accounts.permissions import Role

    desk = at_desk(people.MODERATOR, Role.OPERATOR_ADMINISTRATOR, board, language=language)
    desk.post(f"/operator/requests/{planted[1]}/answer/", {"word": "unsure"})
    report = Report.objects.get()
    secrets = {
        "the link as the reporter has it": "music-club",
        "the story": "music club",
        "the name": NAME,
        "the contact": CONTACT,
        "what a member wrote who was outvoted": "yearbook",
        "the reviewer": people.REVIEWER.name,
        "the reviewer's id": str(reviewer.pk),
        "the report": str(report.pk),
        "where else it is": "other.example",
        "that somebody reported it": "arrival",
        "how it was found": "by a report",
    }
    walked = dict(_pages(desk, planted))
    assert any("https://board.example/posts/1" in page for page in walked.values()), (
        "the pages show something"
    )
    for path, page in walked.items():
        for what, secret in secrets.items():
            assert secret.lower() not in page.lower(), f"{path} tells {what}"
    decided = walked[f"/operator/requests/{planted[1]}/"]
    assert ("Remove" if language == "en" else "삭제") in decided, "the decision itself is told"
    assert REASONS in decided, "and the reasons that were written to be read"


def test_a_report_that_comes_in_changes_no_page_of_the_desk(board, moderator):
    """Whether anybody reported it cannot be told by comparing."""
    found = sightings.found(2)
    request_id = sightings.asked(found)
    before = moderator.get(f"/operator/requests/{request_id}/").content.decode()
    from uuid import uuid4

    report = receive_report(link=LINK, form_key=uuid4(), depicted=Depicted.ME)
    report_located(report_id=report, sighting_ids=[found])
    after = moderator.get(f"/operator/requests/{request_id}/").content.decode()
    assert _without_tokens(before) == _without_tokens(after)
    assert DeletionRequest.objects.count() == 1
    assert not Inbound.objects.exists()


def _without_tokens(page: str) -> str:
    """What is drawn anew with every page, and how long it is until it is due."""
    import re

    page = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", page)
    return re.sub(r"\d+ (s|min|h|days)", "", page)
