"""Many report one lawful picture of somebody whom they want silent: it costs one person one look."""

import os
from collections.abc import Sequence
from uuid import uuid4

import pytest
from board import PAGE, Board
from work import do_all_jobs

from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task

# As somebody copies a link on: by another spelling, with a mark of where it came from, to a part of the page.
SPELLINGS = ("", "#top", "#comments")
REPORTS = int(os.environ.get("STORM_REPORTS", "60"))


@pytest.fixture
def stormed(board: Board, coffee: bytes, db: None) -> Sequence[Report]:
    board.picture = coffee
    for number in range(REPORTS):
        receive_report(link=PAGE + SPELLINGS[number % len(SPELLINGS)], form_key=uuid4())
    do_all_jobs()
    return list(Report.objects.all())


def test_every_report_is_kept_and_answered(stormed: Sequence[Report]) -> None:
    assert len(stormed) == REPORTS
    assert {report.state for report in stormed} == {"located"}


def test_nobody_is_asked_for_anything_and_one_person_looks_once(
    stormed: Sequence[Report], board: Board
) -> None:
    assert Sighting.objects.count() == 1
    assert board.orders == []
    assert not DeletionRequest.objects.exists()
    assert Task.objects.filter(state="waiting", kind="judge").count() == 1
    assert Assessment.objects.filter(state="review").count() == 1
