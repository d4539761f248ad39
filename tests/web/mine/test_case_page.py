"""Sora looks at what has become of what she told: place by place, and gone only when it is."""

import re
from collections.abc import Sequence
from uuid import UUID

import pytest

from haetae.agencies.support.queries import known_of, reports_of
from haetae.agencies.support.states import Text
from haetae.audit.actor import SYSTEM
from haetae.detect.finding import Signal, SignalKind
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import report_located, report_not_found
from haetae.flow.overview.places import SHOWN, Way, places_of_case
from haetae.flow.removal import actions as removal
from haetae.flow.removal.states import State
from haetae.flow.review.models import Review
from haetae.hashbank.actions import raise_tier
from tests.web import sightings
from tests.web.mine.people_inside import CODE, LINK, inside, page

pytestmark = pytest.mark.django_db


def _joined(opened, sighting_ids: Sequence[UUID]) -> None:
    report_located(report_id=reports_of(opened.case)[0].pk, sighting_ids=list(sighting_ids))


def _matched(opened, number: int, *, host: str = "elsewhere.example") -> UUID:
    """A place where the fingerprint of the case was surely found."""
    facts = {
        "entry_id": str(known_of(opened.case)[0]), "list_name": "told-adults", "tier": 1, "distance_bits": 2,
        "confirmed": True, "exact": False, "variant": "whole",
    }  # fmt: skip
    place = sightings.found(number, host=host)
    sightings.examined(place, Signal(kind=SignalKind.KNOWN_HASH, facts=facts))
    return place


def test_before_anything_is_found_the_page_says_that_the_link_is_being_opened(visitor):
    browser = visitor("ko")
    inside(browser)
    told = page(browser)
    assert "링크를 열어 보고 있어요" in told
    assert 'class="sum' not in told
    assert "http-equiv" not in told


def test_a_link_that_led_nowhere_is_said_with_what_can_be_done(visitor):
    browser = visitor("en")
    opened = inside(browser)
    report_not_found(report_id=reports_of(opened.case)[0].pk, why="http_404")
    told = page(browser)
    assert "board.example" in told
    assert "nothing there (404)" in told
    assert "If you have another address of it, add that." in told


def test_the_sum_counts_only_what_was_seen_gone_twice(visitor):
    browser = visitor("en")
    opened = inside(browser)
    gone, claimed, hidden = sightings.found(1), sightings.found(2), sightings.found(3)
    _joined(opened, [gone, claimed, hidden])
    sightings.verified(gone)
    sightings.answered(claimed, State.CLAIMED)
    sightings.answered(hidden, State.ACCESS_BLOCKED)
    told = page(browser)
    assert "1 of 3 places proven gone" in told
    assert "The site says: deleted" in told
    assert "It is hidden, not deleted, so we do not count it as gone." in told
    assert re.search(r'class="state">Gone <span class="on">\d+ \w+, \d\d:\d\d</span>', told)
    assert 'class="sum done"' not in told


def test_the_newest_good_news_comes_first_and_the_numbers_stay(visitor):
    opened = inside(visitor("en"))
    places = [sightings.found(number) for number in (1, 2, 3)]
    _joined(opened, places)
    sightings.verified(places[1])
    sightings.verified(places[2])
    assert [place.number for place in places_of_case(opened.case).places] == [3, 2, 1]


def test_when_everything_is_gone_the_page_says_so(visitor):
    browser = visitor("ko")
    opened = inside(browser)
    place = sightings.found(1)
    _joined(opened, [place])
    sightings.verified(place)
    told = page(browser)
    assert 'class="sum done"' in told
    assert "사라진 것을 확인했어요." in told


def test_the_same_picture_elsewhere_belongs_to_the_sum_and_does_not_tell_where_it_is(visitor):
    """Whoever sends a link need not be the person in the picture: the page must be no way to find more of it."""
    browser = visitor("en")
    opened = inside(browser)
    named, elsewhere = sightings.found(1), sightings.found(2, host="other-place.example")
    _joined(opened, [named])
    sightings.verified(named)
    sightings.answered(elsewhere, State.SENT)
    found = places_of_case(opened.case)
    assert (found.count, found.gone) == (2, 1)
    assert {place.row.host: (place.named, place.way) for place in found.places} == {
        "board.example": (True, Way.LINK),
        "other-place.example": (False, Way.SAME_PICTURE),
    }
    told = page(browser)
    assert "1 of 2 places proven gone" in told
    assert "The same picture, found elsewhere." in told
    assert "board.example" in told
    assert "other-place" not in told


def test_what_a_fingerprint_found_belongs_to_the_case_unnamed_until_somebody_has_seen_the_match(visitor):
    browser = visitor("en")
    opened = inside(browser, links=[], hashes=[CODE])
    _matched(opened, 1)
    told = page(browser)
    assert "Found by the code of your picture." in told
    assert "elsewhere.example" not in told
    known_id = known_of(opened.case)[0]
    raise_tier(known_ids=[known_id], tier=Tier.COUNSELLOR_CHECKED, saw_the_match=True, actor=SYSTEM)
    assert "elsewhere.example" in page(browser)


def test_a_fingerprint_that_was_found_nowhere_says_so(visitor):
    browser = visitor("en")
    inside(browser, links=[], hashes=[CODE])
    assert "We have not come across it so far." in page(browser)


def test_who_told_only_words_reads_that_a_counsellor_looks(visitor):
    browser = visitor("ko")
    inside(browser, links=[], texts={Text.STORY: "a chat room"})
    assert "상담원이 읽고 찾아볼게요" in page(browser)


def test_what_came_back_is_said_and_nothing_is_asked_of_the_person(visitor):
    browser = visitor("en")
    opened = inside(browser)
    place = sightings.found(1)
    _joined(opened, [place])
    request_id = sightings.verified(place)
    sightings.believed(request_id, gone=False)
    again = removal.DeletionRequest.objects.get(pk=request_id)
    assert removal.request_deletion(sighting_id=place, assessment_id=again.assessment_id) is not None
    told = page(browser)
    assert "It came back. We asked again by ourselves; you don&#x27;t have to do anything." in told
    assert "We looked twice: it is back." in told
    assert "Not proven gone yet." in told


def test_a_refusal_gives_its_reason_and_what_can_be_done(visitor):
    browser = visitor("en")
    opened = inside(browser)
    place = sightings.found(1)
    _joined(opened, [place])
    sightings.answered(place, State.REFUSED, reason="not_convinced")
    told = page(browser)
    assert "The site said no" in told
    assert "It says that it is not convinced." in told
    for way in ("Object, or ask why", "Ask on your own right", "1377", "they must ask the site themselves"):
        assert way in told


def test_a_date_is_said_to_be_the_laws_or_ours(visitor):
    browser = visitor("en")
    opened = inside(browser)
    waits, hidden = sightings.found(1), Review.objects.get(pk=sightings.contested(2)).sighting_id
    _joined(opened, [waits, hidden])
    sightings.answered(waits, State.SENT)
    told = page(browser)
    assert re.search(r"Our own target: gone by [^.]+\.", told)
    assert "By law: without delay." in told


def test_what_is_hidden_while_people_decide_is_said_as_far_as_it_is_known(visitor):
    browser = visitor("en")
    opened = inside(browser)
    review_id = sightings.contested(1)
    _joined(opened, [Review.objects.get(pk=review_id).sighting_id])
    told = page(browser)
    assert "The site says so, and we are looking whether it is true." in told
    assert "nobody can open it" not in told


def test_every_look_of_ours_stands_under_the_fold_with_its_time_and_result(visitor):
    browser = visitor("en")
    opened = inside(browser)
    place = sightings.found(1)
    _joined(opened, [place])
    sightings.verified(place)
    told = page(browser).split("Every look of ours")[1]
    looks = re.findall(r"<li><span>\d+ \w+, \d\d:\d\d</span> gone <span class=\"how\">\(page: [^)]+\)", told)
    assert len(looks) == 2
    assert "the platform says that it was removed" in told


def test_nothing_of_the_trade_stands_on_the_page(visitor):
    browser = visitor("en")
    opened = inside(browser)
    places = [sightings.found(number) for number in range(4)]
    _joined(opened, places)
    for sighting_id, answer in zip(
        places, (State.REFUSED, State.UNSURE, State.SENT, State.CLAIMED), strict=True
    ):
        sightings.answered(sighting_id, answer, reason="cannot_judge")
    told = page(browser).split("<main")[1].split('<form class="languages')[0]
    for word in (
        "operator", "sighting", "probe", "hash", "verdict", "cannot_judge", "rocket-1", "<img", "/media/", "/posts/",
    ):  # fmt: skip
        assert word not in told, word


def test_a_picture_that_is_everywhere_stays_a_page_and_the_sums_are_over_all(visitor):
    browser = visitor("en")
    opened = inside(browser)
    _joined(opened, [sightings.found(number) for number in range(SHOWN + 7)])
    first = page(browser)
    assert f"0 of {SHOWN + 7} places proven gone" in first
    assert first.count('class="where"') == SHOWN
    assert "Part 1 of 2" in first
    assert page(browser, "/mine/?page=2").count('class="where"') == 7
    for odd in ("0", "-1", "9999", "x", "²"):
        assert page(browser, f"/mine/?page={odd}").count('class="where"') in {7, SHOWN}


def test_many_places_cost_no_more_questions_than_a_few(visitor, django_assert_max_num_queries):
    opened = inside(visitor("en"))
    places = [sightings.found(number) for number in range(30)]
    _joined(opened, places)
    for place in places[:10]:
        sightings.answered(place, State.CLAIMED)
    with django_assert_max_num_queries(40):
        places_of_case(opened.case)


def test_a_place_of_one_case_is_shown_in_no_other(visitor):
    mine, theirs = visitor("en"), visitor("en")
    opened = inside(mine)
    inside(theirs, links=[LINK + "2"])
    _joined(opened, [sightings.found(1, host="only-mine.example")])
    assert "only-mine.example" in page(mine)
    assert "only-mine.example" not in page(theirs)
