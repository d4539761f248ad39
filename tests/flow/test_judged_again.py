"""What a person has checked acts wherever it was found before, and nobody looks twice."""

import pytest
from board import Board
from steps import found, happened
from work import do_all_jobs

from haetae.audit.actor import SYSTEM
from haetae.common.ids import new_id
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.hashbank.actions import raise_tier, withdraw_known_picture
from haetae.hashbank.models import KnownPicture

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_places(board: Board, coffee: bytes, make_known) -> None:
    """One picture at two places, known only by somebody's own word: a person has to judge twice."""
    make_known(coffee, tier=Tier.SELF_DECLARED)
    board.picture = coffee
    found()
    register_sighting(
        page_url="https://board.example/p/2", media_url="https://board.example/m/2", source=Source.WATCH
    )
    do_all_jobs()
    assert Task.objects.filter(kind="judge", state="waiting").count() == 2


def test_what_is_checked_is_asked_for_wherever_it_was_matched(two_places: None) -> None:
    raise_tier(
        known_ids=[KnownPicture.objects.get().pk],
        tier=Tier.COUNSELLOR_CHECKED,
        saw_the_match=True,
        actor=SYSTEM,
    )
    do_all_jobs()
    assert DeletionRequest.objects.count() == 2
    assert not Task.objects.filter(state="waiting").exists(), "nobody has to judge any more"


def test_where_a_person_has_had_it_asked_there_is_no_second_request(two_places: None) -> None:
    first = Task.objects.order_by("opened_at").first()
    finish_task(task_id=first.pk, outcome=Outcome.ASK, note="Looked at it.", official_id=new_id())
    do_all_jobs()
    raise_tier(
        known_ids=[KnownPicture.objects.get().pk],
        tier=Tier.COUNSELLOR_CHECKED,
        saw_the_match=True,
        actor=SYSTEM,
    )
    do_all_jobs()
    assert DeletionRequest.objects.filter(sighting_id=first.sighting_id).count() == 1
    assert DeletionRequest.objects.count() == 2
    assert happened().count("removal.requested") == 2


def test_what_was_withdrawn_meanwhile_wakes_nothing(two_places: None) -> None:
    known = KnownPicture.objects.get().pk
    raise_tier(known_ids=[known], tier=Tier.COUNSELLOR_CHECKED, saw_the_match=True, actor=SYSTEM)
    withdraw_known_picture(known_id=known, actor=SYSTEM)
    do_all_jobs()
    assert not DeletionRequest.objects.exists()
    assert Task.objects.filter(state="waiting").count() == 2
