"""Back elsewhere: another sighting of the same picture runs the loop by itself, and belongs to the same case."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from board import PAGE, Board
from PIL import Image
from steps import PHOTOS, found, wait
from work import do_all_jobs

from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Answer, AnswerKind
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment, Lineage
from haetae.flow.assessment.queries import sightings_with_the_same_picture
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.hashbank.actions import withdraw_known_picture
from haetae.hashbank.models import KnownPicture
from haetae.story.pictures import known_original
from tests.commission import commission_decides

pytestmark = pytest.mark.django_db

MakeKnown = Callable[..., None]


def elsewhere(number: int) -> None:
    register_sighting(
        page_url=f"https://elsewhere{number}.example/p",
        media_url=f"https://elsewhere{number}.example/m",
        source=Source.WATCH,
    )
    do_all_jobs()


def test_a_copy_elsewhere_is_asked_for_by_itself_and_shows_in_the_same_case(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    board.picture = known_original(coffee, share=0.7).copy
    elsewhere(1)
    assert DeletionRequest.objects.count() == 2, "without anybody's effort"
    assert Lineage.objects.count() == 1
    reported = Report.objects.get().sightings.values_list("pk", flat=True)
    assert sightings_with_the_same_picture(reported) == set(Sighting.objects.values_list("pk", flat=True))


def test_another_picture_begins_another_lineage(board: Board, coffee: bytes, make_known: MakeKnown) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    board.picture = (PHOTOS / "rocket.jpg").read_bytes()
    make_known(board.picture)
    elsewhere(1)
    assert Lineage.objects.count() == 2
    first = Assessment.objects.order_by("opened_at")[0]
    assert sightings_with_the_same_picture([first.sighting_id]) == {first.sighting_id}


def test_a_harmless_picture_on_a_watched_page_leaves_no_trace_of_a_lineage(
    board: Board, coffee: bytes
) -> None:
    board.picture = coffee
    found()
    assert not Lineage.objects.exists()


def test_what_was_decided_once_is_asked_for_elsewhere_without_another_review(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    """Even when whoever made it known first takes that back: the decision stands."""
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.UNSURE, blocked=True)]
    make_known(coffee)
    found()
    commission_decides(Review.objects.get().pk, decision=State.REMOVE, reason=Reason.NO_CONSENT)
    do_all_jobs()
    withdraw_known_picture(known_id=KnownPicture.objects.get(list_id="test").pk, actor=SYSTEM)
    moving_clock.shift(timedelta(hours=1))
    board.picture = known_original(coffee, share=0.7).copy
    elsewhere(1)
    newest = Assessment.objects.latest("opened_at")
    lists = {signal["facts"]["list_name"] for signal in newest.signals}
    assert (newest.state, lists) == ("request", {"decided"})
    assert Review.objects.count() == 1


def test_the_harmless_first_frame_of_an_animation_draws_nobody_elses_picture_into_its_case(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    rocket = (PHOTOS / "rocket.jpg").read_bytes()
    first, second = (Image.open(BytesIO(data)).resize((400, 300)) for data in (rocket, coffee))
    written = BytesIO()
    first.save(written, "PNG", save_all=True, append_images=[second], duration=800)
    make_known(coffee)
    board.picture = written.getvalue()
    found()
    assert Assessment.objects.get().state == "request"
    board.picture = rocket
    make_known(rocket)
    elsewhere(1)
    assert {one.state for one in Assessment.objects.all()} == {"request"}
    assert Lineage.objects.count() == 2
