"""However much our own watching finds, whoever reports something does not stand in line behind it."""

from uuid import uuid4

import pytest
from board import MEDIA, PAGE
from work import do_all_jobs

from haetae.common import jobs
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest

pytestmark = pytest.mark.django_db
_FOUND = 40


class _EnoughError(Exception):
    pass


@pytest.fixture
def backlog(board):
    """Pictures that watched pages have shown, and that nobody has looked at yet; PAGE is the newest."""
    for number in range(_FOUND - 1):
        place = f"https://a.example/{number}"
        register_sighting(page_url=place, media_url=f"{place}.jpg", source=Source.WATCH)
    register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)


def _jobs_until(happened) -> list[str]:
    before: list[str] = []

    def note(job: str) -> None:
        if happened():
            raise _EnoughError
        before.append(job)

    with pytest.raises(_EnoughError):
        do_all_jobs(before_each=note)
    return before


def test_a_report_is_looked_up_before_anything_that_watching_found(backlog):
    receive_report(link="https://elsewhere.example/", form_key=uuid4())
    done = _jobs_until(lambda: not Report.objects.filter(state="received").exists())
    assert done == [jobs.NEXT_STEP, "haetae.arrival.look_up"]
    assert not Assessment.objects.exists(), "nothing that was found is examined meanwhile"


def test_what_was_found_long_ago_comes_forward_when_a_person_reports_it(backlog, board, coffee, make_known):
    make_known(coffee)
    board.picture = coffee
    receive_report(link=PAGE, form_key=uuid4())
    _jobs_until(DeletionRequest.objects.exists)
    assert DeletionRequest.objects.get().sighting.page_url == PAGE
    assert Assessment.objects.count() == 1, "the others still wait"


def test_in_the_end_nothing_that_was_found_is_left_out(backlog):
    do_all_jobs()
    assert Assessment.objects.exclude(state="open").count() == _FOUND
