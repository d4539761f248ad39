"""The flow is seen moving: stage, reason, deadline, proof, and where people must act; never a picture."""

import re
from uuid import UUID, uuid4

import pytest

from haetae.flow import overview
from haetae.flow.arrival.actions import receive_report, report_not_found
from haetae.flow.assessment.actions import not_readable, open_assessment
from haetae.flow.removal import actions as removal
from haetae.flow.removal.states import State
from haetae.flow.verification import actions as verification
from tests.web import sightings


def _page(browser, where: str = "/console/") -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return re.sub(r"\s+", " ", answer.content.decode())


def _of(sighting_id: UUID) -> str:
    return f"/console/sightings/{sighting_id}/"


def test_an_empty_control_room_says_what_would_appear(control_room):
    page = _page(control_room)
    assert "Nothing here yet." in page
    assert "each place appears here as one line" in page


def test_a_verified_removal_shows_its_reason_its_dates_and_both_looks(control_room):
    sightings.verified(sightings.found())
    page = _page(control_room)
    assert "verified removed" in page
    assert "Matches entry rocket-1 of the list demo (counsellor-checked): 6 of 256 bits differ" in page
    assert page.count("page: the platform says that it was removed") == 2
    assert page.count("media: gone for good (410)") == 2
    assert "without delay" in page
    assert "people act" not in page


def test_a_claim_is_not_shown_as_a_fact(control_room):
    sightings.answered(sightings.found(), State.CLAIMED)
    assert "<b>claimed removed</b>" in _page(control_room)
    assert "<b>verified removed</b>" not in _page(control_room)


def test_a_refusal_is_not_shown_as_a_duty_that_was_kept(control_room):
    sighting = sightings.found()
    sightings.answered(sighting, State.REFUSED, reason="not_illegal_here")
    for where in ("/console/", _of(sighting)):
        page = _page(control_room, where)
        assert "operator refused" in page
        assert "people act" in page
        law, target = (_due_after(page, *headings) for headings in _where_dues_stand(where))
        assert "✓" not in law + target, where
        assert 'without delay <span class="none">(closed)</span>' in law, where
        assert ">closed<" in target, where


def test_a_request_that_is_overdue_because_of_a_false_claim_says_so(control_room):
    sighting = sightings.found()
    request_id = sightings.answered(sighting, State.CLAIMED)
    verification.plan_probes(request_id=request_id)
    for _ in range(2):
        sightings.look(request_id, seen="live", page="shows_it", media="picture")
    sightings.believed(request_id, gone=False)
    removal.mark_overdue(request_id=request_id)
    assert overview.newest_rows()[0].state == State.OVERDUE
    for where in ("/console/", _of(sighting)):
        page = _page(control_room, where)
        assert "<b>false claim</b>" in page, where
        assert "<b>overdue</b>" not in page, where


def test_a_request_whose_time_ran_out_without_an_answer_stays_overdue(control_room):
    removal.mark_overdue(request_id=sightings.asked(sightings.found()))
    page = _page(control_room)
    assert "<b>overdue</b>" in page
    assert "false claim" not in page


def test_a_page_behind_the_last_one_says_that_it_is_empty(control_room):
    sightings.found()
    page = _page(control_room, "/console/?page=99")
    assert "This page is empty." in page
    assert "Nothing here yet." not in page


def _where_dues_stand(where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before the legal due date and before our target, in its order on the page."""
    if where == "/console/":
        return (">Law<",), (">Our target<",)
    return ("By law", ">removal<"), ("Our own targets, not law", ">removal<")


def _due_after(page: str, *headings: str) -> str:
    for heading in headings:
        page = page.split(heading, 1)[1]
    return page.split("</dd>")[0]


def test_what_could_not_be_fetched_is_undetermined_with_the_reason_in_words(control_room):
    opened = open_assessment(sighting_id=sightings.found(), reported=False)
    assert opened is not None
    not_readable(assessment_id=opened, why="network_timeout", again=True)
    page = _page(control_room)
    assert "could not be judged" in page
    assert "The picture could not be fetched: no answer in time." in page
    assert "1 for people" in page


def test_the_page_of_a_sighting_tells_everything_but_what_it_shows(control_room):
    sighting = sightings.found(host="board.example")
    sightings.verified(sighting)
    page = _page(control_room, _of(sighting))
    assert "https://board.example/posts/1" in page
    assert 'href="https://board.example' not in page
    assert "<img" not in page
    assert "1600 × 1200 px" in page
    assert "ab" * 32 not in page  # a fingerprint in full can be searched for
    assert "Enforcement Decree of the Telecommunications Business Act" in page
    assert "Removal verified by our own eyes" in page
    order = [
        page.index(words)
        for words in ("at the claim", "1 h after", "24 h after", "7 days after", "90 days after")
    ]
    assert order == sorted(order)


def test_law_and_target_stand_under_different_headings(control_room):
    sighting = sightings.found()
    sightings.asked(sighting)
    law, targets = _page(control_room, _of(sighting)).split("Our own targets, not law")
    assert "without delay" in law.split("By law")[1]
    assert "Government plan against deepfake sexual crimes: removal within 24 hours" in targets
    assert "Government plan" not in law


def test_the_korean_control_room_uses_the_words_of_the_glossary(visitor, reviewer):
    sightings.verified(sightings.found())
    browser = visitor("ko")
    browser.force_login(reviewer)
    page = _page(browser)
    for words in ("삭제 확인됨", "법정 기한", "목표 기한", "지체 없이", "사라짐"):
        assert words in page, words


def test_the_rows_are_sent_again_only_when_they_changed(control_room):
    sighting = sightings.found()
    seen = re.search(r"seen=([0-9a-f]{16})", _page(control_room))
    assert seen
    rows = f"/console/rows/?page=1&seen={seen[1]}"
    assert control_room.get(rows).status_code == 204
    sightings.asked(sighting)
    answer = control_room.get(rows)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="rows"')
    assert "request prepared" in answer.content.decode()


def test_a_window_that_waits_costs_next_to_nothing_while_nothing_is_recorded(control_room):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sightings.found()
    seen = re.search(r"seen=([0-9a-f]{16})", _page(control_room))
    assert seen
    rows = f"/console/rows/?page=1&seen={seen[1]}"
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert control_room.get(rows).status_code == 204
        asked.append(len(queries))
    assert asked[0] > 20
    assert asked[1] <= 5  # who it is, what they may, and whether anything was recorded
    sightings.found(2)
    assert control_room.get(rows).status_code == 200


def test_a_report_that_led_nowhere_is_shown_with_the_reason_and_a_dead_address(control_room):
    link = "http://10.0.0.7/<b>a</b>"
    report_id = receive_report(link=link, form_key=uuid4())
    report_not_found(report_id=report_id, why="refused_address")
    assert "Reports that led nowhere: 1" in _page(control_room)
    page = _page(control_room, "/console/lost/")
    assert "not opened: the address is not a public one" in page
    assert "http://10.0.0.7/&lt;b&gt;a&lt;/b&gt;" in page
    assert 'href="http://10.0.0.7' not in page


def test_fifty_to_a_page_and_the_rest_on_the_next(control_room):
    for number in range(overview.PAGE_SIZE + 1):
        sightings.found(number)
    first, second = _page(control_room), _page(control_room, "/console/?page=2")
    assert first.count('class="open"') == overview.PAGE_SIZE
    assert "1–50 of 51" in first
    assert second.count('class="open"') == 1
    assert "51–51 of 51" in second


@pytest.mark.parametrize("asked", ["0", "-1", "x", "٣", "9" * 30, ""])
def test_a_page_number_that_is_none_is_the_first_page(control_room, asked):
    sightings.found()
    assert 'class="open"' in _page(control_room, f"/console/?page={asked}")


def test_a_sighting_that_does_not_exist_is_not_found(control_room):
    assert control_room.get(_of(uuid4())).status_code == 404


def test_every_moment_has_its_exact_time_and_zone(control_room):
    sightings.verified(sightings.found())
    page = _page(control_room)
    times = re.findall(r"<time[^>]*>", page)
    assert times
    for shown in times:
        assert re.search(r'title="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d KST"', shown), shown
        assert "+00:00" in shown
