"""Forty cases or ten thousand: what somebody looks for is found, and a page costs no more for it."""

import re
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from bench.many import SHARES, fill
from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.flow import STAGES
from haetae.flow.arrival.actions import receive_report, report_located
from haetae.flow.assessment.models import Assessment
from haetae.flow.overview.choosing import NOBODYS, Choice, chosen, how_many
from haetae.flow.overview.rows import Row, rows_of
from haetae.flow.overview.standing import counts
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from tests.web import sightings

_ALL = 1_000


def _page(browser, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return re.sub(r"\s+", " ", answer.content.decode())


def _shown(browser, query: str) -> set[UUID]:
    return {UUID(found) for found in re.findall(r'id="s-([0-9a-f-]+)"', _page(browser, f"/console/?{query}"))}


@pytest.fixture
def board(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def test_each_filter_chooses_and_they_work_together(control_room, board):
    gone, refused, new, nobodys = (
        sightings.found(number, host=host)
        for number, host in enumerate(("board.example", "board.example", "board.example", "nobody.example"))
    )
    sightings.verified(gone)
    sightings.answered(refused, State.REFUSED)
    for query, expected in (
        ("", {gone, refused, new, nobodys}),
        ("state=verified", {gone}),
        ("stage=removal", {refused}),
        ("stage=arrival", {new, nobodys}),
        ("people=1", {refused}),
        (f"operator={board.pk}", {gone, refused, new}),
        ("operator=none", {nobodys}),
        (f"operator={board.pk}&stage=arrival", {new}),
        ("source=watch", {gone, refused, new, nobodys}),
        ("source=report", set()),
        (f"number={str(gone)[:8]}", {gone}),
        (f"number=%23{str(refused)[:13].upper()}", {refused}),
        ("state=nonsense&stage=nonsense&operator=nonsense&source=nonsense", {gone, refused, new, nobodys}),
    ):
        assert _shown(control_room, query) == expected, query


def test_what_is_examined_and_asked_is_as_old_as_its_place(board):
    again = sightings.found(1, host="board.example")
    sightings.verified(again)
    sightings.answered(sightings.found(2, host="board.example"), State.REFUSED)
    for model in (Assessment, DeletionRequest):
        assert model.objects.count() == 2
        assert not model.objects.exclude(found_at=F("sighting__found_at")).exists()


def test_the_number_that_a_person_read_out_leads_to_their_places(control_room):
    told, _other = sightings.found(1), sightings.found(2)
    report_id = receive_report(link="https://board.example/posts/1", form_key=uuid4())
    report_located(report_id=report_id, sighting_ids=[told])
    assert _shown(control_room, f"number={str(report_id)[:8]}") == {told}


def test_what_is_no_number_finds_nothing_and_says_so(control_room):
    sightings.found()
    page = _page(control_room, "/console/?number=hello")
    assert "This is no number of a sighting or report." in page
    assert 'value="hello"' in page
    assert 'class="open"' not in page


def test_a_filter_that_nothing_matches_says_so_and_not_that_there_is_nothing(control_room):
    sightings.found()
    page = _page(control_room, "/console/?state=verified")
    assert "Nothing matches." in page
    assert "Nothing here yet." not in page


def test_a_filter_stays_when_the_rows_renew_themselves_and_on_the_next_page(control_room):
    for number in range(51):
        sightings.found(number)
    page = _page(control_room, "/console/?stage=arrival&source=watch")
    assert 'hx-get="/console/rows/?stage=arrival&amp;source=watch&amp;page=1&amp;seen=' in page
    assert 'href="?stage=arrival&amp;source=watch&amp;page=2"' in page
    assert '<option value="arrival" selected>' in page
    assert "51 of 51 match" in page
    again = _page(control_room, "/console/rows/?stage=arrival&source=watch&page=2")
    assert again.count('class="open"') == 1


def test_what_needs_a_person_comes_with_the_longest_waiting_first(control_room):
    ids = [sightings.found(number) for number in range(3)]
    for sighting_id in ids:
        sightings.answered(sighting_id, State.REFUSED)
    page = _page(control_room, "/console/?people=1")
    assert [UUID(found) for found in re.findall(r'id="s-([0-9a-f-]+)"', page)] == ids


@pytest.mark.django_db
def test_the_figures_and_the_filters_agree_with_the_rows_in_every_state(board):
    fill(200, operators=[board, None])
    _examine_and_ask_again(board)
    rows = rows_of(chosen(Choice(), most=_ALL))
    counted = counts()
    assert counted.total == len(rows) == 200
    for stage in {row.stage for row in rows}:
        here = [row for row in rows if row.stage == stage]
        assert counted.at_stage[stage] == len(here), stage
        assert counted.for_people_at_stage[stage] == sum(row.for_people for row in here), stage
    assert counted.verified == sum(row.state == "verified" for row in rows)
    assert all(any(row.state == state for row in rows) for state in SHARES), "every state is there"
    for stage, state, operator, for_people in product(
        ["", *STAGES], ["", "sent", "verified", "review", "found"], ["", NOBODYS], [False, True]
    ):
        choice = Choice(stage=stage, state=state, operator=operator, for_people=for_people)
        expected = [row.sighting_id for row in rows if _is_one_of(row, choice)]
        found = [one.pk for one in chosen(choice, most=_ALL)]
        assert found == (expected[::-1] if for_people else expected), choice
        assert [one.pk for one in chosen(choice, most=_ALL, of=counted)] == found, choice
        assert how_many(choice, of=counted) == len(expected), choice


@pytest.mark.django_db
def test_each_state_is_chosen_as_the_rows_show_it(board):
    fill(200, operators=[board, None])
    rows, counted = rows_of(chosen(Choice(), most=_ALL)), counts()
    for state in SHARES:
        expected = [row.sighting_id for row in rows if row.state == state]
        assert [one.pk for one in chosen(Choice(state=state), most=_ALL)] == expected, state
        assert how_many(Choice(state=state), of=counted) == len(expected) > 0, state


@pytest.mark.django_db
def test_page_after_page_shows_each_place_once_and_in_the_order_of_all(board):
    fill(200, operators=[board, None])
    for choice in (Choice(), Choice(for_people=True), Choice(stage="removal"), Choice(state="verified")):
        all_of_them = [one.pk for one in chosen(choice, most=_ALL)]
        paged = [one.pk for first in range(0, 200, 7) for one in chosen(choice, first=first, most=7)]
        assert paged == all_of_them, choice
        assert len(set(paged)) == how_many(choice, of=counts())


def _examine_and_ask_again(board: Operator) -> None:
    """Places with a second round of both, so that something older stands there and must not be seen."""
    for request in DeletionRequest.objects.filter(state="verified", sighting__operator=board)[:5]:
        request.pk, request.key, request.round, request.state = uuid4(), uuid4(), 2, "refused"
        request.save(force_insert=True)
    for examined in Assessment.objects.filter(state="nothing", sighting__operator=board)[:5]:
        examined.pk, examined.round, examined.state = uuid4(), 2, "undetermined"
        examined.save(force_insert=True)


def _is_one_of(row: Row, choice: Choice) -> bool:
    return (
        choice.stage in {"", row.stage}
        and choice.state in {"", row.state}
        and (row.operator is None or not choice.operator)
        and (row.for_people or not choice.for_people)
    )


@pytest.mark.parametrize(
    "where",
    [
        "/console/",
        "/console/?people=1",
        "/console/?stage=verification",
        "/console/reviews/",
        "/console/tasks/",
        "/console/health/",
    ],
)
def test_a_page_asks_the_database_as_often_for_many_as_for_few(control_room, board, where):
    fill(100, operators=[board])
    few = _queries(control_room, where)
    fill(300, operators=[board], first=100)
    many = _queries(control_room, where)
    assert many == few
    assert few < 50


def _queries(browser, where: str) -> int:
    browser.get(where)
    with CaptureQueriesContext(connection) as queries:
        browser.get(where)
    return len(queries)
