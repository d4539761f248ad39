"""Sora looks at what has become of the link that she sent: place by place, and gone only when it is."""

import re
from collections.abc import Sequence
from uuid import UUID

import pytest
from django.utils import translation

from haetae.common.ids import new_id
from haetae.flow.arrival.actions import receive_report, report_located, report_not_found
from haetae.flow.arrival.models import Report
from haetae.flow.overview.places import places_of_report
from haetae.flow.removal import actions as removal
from haetae.flow.removal.states import State
from haetae.flow.review.models import Review
from haetae.web.portal.places import Progress, progress
from tests.web import sightings

pytestmark = pytest.mark.django_db
LINK = "https://board.example/posts/1"


def _told(language: str) -> Progress:
    with translation.override(language):
        return progress(places_of_report(Report.objects.get().pk))


def _page(language: str = "en") -> str:
    """Everything that is told of the one report."""
    with translation.override(language):
        told = _told(language)
        lines = [f"{line.where} {line.mark.words} {line.on} {line.mark.more}" for line in told.places]
        return " ".join([told.sum, told.told, *lines])


def _sent() -> None:
    receive_report(link=LINK, form_key=new_id())


def _joined(sighting_ids: Sequence[UUID]) -> UUID:
    report = Report.objects.get()
    report_located(report_id=report.pk, sighting_ids=list(sighting_ids))
    return report.pk


def test_before_anything_is_found_it_is_said_that_the_link_is_being_opened():
    _sent()
    assert _page("ko").strip() == "링크를 열어 보고 있어요. 보통 1분이 걸리지 않아요."


def test_a_link_that_led_nowhere_is_said_and_given_to_a_person():
    _sent()
    report_not_found(report_id=Report.objects.get().pk, why="http_404")
    page = _page()
    assert "We found no picture behind this link. A person looks at the link." in page


def test_the_sum_counts_only_what_was_seen_gone_twice():
    _sent()
    gone, claimed, hidden = sightings.found(1), sightings.found(2), sightings.found(3)
    _joined([gone, claimed, hidden])
    sightings.verified(gone)
    sightings.answered(claimed, State.CLAIMED)
    sightings.answered(hidden, State.ACCESS_BLOCKED)
    page = _page()
    assert "1 of 3 places proven gone" in page
    assert "The site says that it is deleted" in page
    assert "It is hidden, not deleted, so we do not count it as gone." in page
    assert re.search(r"Gone \d+ \w+, \d\d:\d\d", page)
    assert not _told("en").is_done


def test_when_everything_is_gone_the_page_says_so():
    _sent()
    place = sightings.found(1)
    _joined([place])
    sightings.verified(place)
    page = _page("ko")
    assert _told("ko").is_done
    assert "사라진 것을 확인했어요." in page


def test_the_same_picture_elsewhere_belongs_to_the_sum_and_does_not_tell_where_it_is():
    """Whoever sends a link need not be the person in the picture: the page must be no way to find more of it."""
    _sent()
    named, elsewhere = sightings.found(1), sightings.found(2, host="other-place.example")
    report_id = _joined([named])
    sightings.verified(named)
    sightings.answered(elsewhere, State.SENT)
    found = places_of_report(report_id)
    assert (found.count, found.gone) == (2, 1)
    assert [(place.named, place.row.host) for place in found.places] == [
        (True, "board.example"),
        (False, "other-place.example"),
    ]
    page = _page()
    assert "1 of 2 places proven gone" in page
    assert "another place" in page
    assert "board.example" in page
    assert "other-place" not in page


def test_what_came_back_is_said_and_is_not_counted_as_gone():
    _sent()
    place = sightings.found(1)
    _joined([place])
    request_id = sightings.verified(place)
    assert "Proven gone." in _page()
    sightings.believed(request_id, gone=False)
    again = removal.DeletionRequest.objects.get(pk=request_id)
    assert removal.request_deletion(sighting_id=place, assessment_id=again.assessment_id) is not None
    page = _page()
    assert "It came back" in page
    assert "Not proven gone yet." in page


def test_what_is_hidden_while_people_decide_is_said_as_far_as_it_is_known():
    _sent()
    review_id = sightings.contested(1)
    _joined([Review.objects.get(pk=review_id).sighting_id])
    page = _page()
    assert "The site says that it is hidden for now" in page
    assert "nobody can open it" not in page


def test_nothing_of_the_trade_stands_on_the_page():
    _sent()
    places = [sightings.found(number) for number in range(4)]
    _joined(places)
    for sighting_id, answer in zip(
        places, (State.REFUSED, State.UNSURE, State.SENT, State.CLAIMED), strict=True
    ):
        sightings.answered(sighting_id, answer, reason="cannot_judge")
    page = _page()
    for word in (
        "operator",
        "sighting",
        "probe",
        "hash",
        "verdict",
        "cannot_judge",
        "rocket-1",
        "/media/",
    ):
        assert word not in page, word
