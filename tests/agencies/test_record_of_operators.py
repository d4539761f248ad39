"""The record of an operator: each figure can be shown one by one, and nothing is held against it that is ours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from haetae.accounts.models import WhenWeAreDown
from haetae.agencies.enforcement.record.figures import Finding, Kind, finding, worst_first
from haetae.agencies.enforcement.record.queries import evidence, record_of, records
from haetae.common import clock
from haetae.flow.arrival.models import HookOutage
from haetae.flow.removal.numbers.figures import Figures
from haetae.flow.removal.states import State as Request
from tests.enforcement import asked, decided, lied, operator, overdue, says, sees

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-26T10:00:00+09:00", tick=False) as traveller:
        yield traveller


def test_every_figure_counts_exactly_the_evidence_that_can_be_shown(moving: time_machine.Traveller) -> None:
    board, since = operator(), clock.now()
    removed, unsure = asked(board, 1), asked(board, 2)
    moving.shift(timedelta(hours=3))
    says(removed, Request.CLAIMED)
    sees(removed, gone=True)
    sees(removed, gone=False)
    says(unsure, Request.UNSURE)
    lied(board, 3)
    overdue(board, 4)
    ignored = decided(board, 5)
    asked(operator("other"), 6)
    moving.shift(timedelta(seconds=1))
    found = record_of(board.pk, since=since, until=clock.now())
    assert found.false_percent == 50
    assert found.figures.answer_median is not None
    for kind in Kind:
        shown = evidence(board.pk, kind, since=since, until=clock.now())
        assert len(shown) == found.count(kind), kind
    assert found.count(Kind.ASKED) == 6, "the order after the decision is a request of its own"
    assert [one.subject_id for one in evidence(board.pk, Kind.IGNORED, since=since, until=clock.now())] == [
        ignored
    ]
    by_pages = [
        one.event_id
        for page in (1, 2, 3)
        for one in evidence(board.pk, Kind.ASKED, since=since, until=clock.now(), page=page, size=2)
    ]
    assert by_pages == sorted(by_pages, key=lambda number: -(number or 0))
    assert len(set(by_pages)) == 6
    assert record_of(board.pk, since=clock.now(), until=clock.now()).figures.asked == 0
    both = records([board.pk, operator("other").pk], since=since, until=clock.now())
    assert sorted(both, key=lambda pk: worst_first(both[pk]))[0] == board.pk


def test_time_in_which_our_own_check_was_down_is_a_fact_and_counts_only_within_the_period(
    moving: time_machine.Traveller,
) -> None:
    board, now = operator(), clock.now()
    HookOutage.objects.create(
        operator=board,
        declared=WhenWeAreDown.OPEN,
        began_at=now - timedelta(hours=5),
        ended_at=now - timedelta(hours=1),
        unanswered=7,
    )
    found = record_of(board.pk, since=now - timedelta(hours=3), until=now)
    assert (found.outages.count, found.outages.open_for, found.outages.unanswered) == (
        1,
        timedelta(hours=2),
        7,
    )
    assert found.finding is Finding.TOO_FEW, "and it does not make the operator stand out"


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"asked": 1, "ignored": 1}, Finding.IGNORES),
        ({"asked": 4, "overdue": 4}, Finding.TOO_FEW),
        ({"asked": 20, "claimed": 10, "false_claims": 2}, Finding.CLAIMS_FALSELY),
        ({"asked": 20, "claimed": 11, "false_claims": 2, "overdue": 4}, Finding.LEAVES_WAITING),
        ({"asked": 20, "verified": 10, "reappeared": 2}, Finding.COMES_BACK),
        ({"asked": 20, "refused": 4}, Finding.REFUSES),
        ({"asked": 20, "refused": 3}, Finding.NOTHING),
    ],
)
def test_one_thing_stands_out_and_the_gravest_does(figures: dict[str, int], code: Finding) -> None:
    from uuid import uuid4

    assert finding(Figures(operator_id=uuid4(), **figures)) is code
