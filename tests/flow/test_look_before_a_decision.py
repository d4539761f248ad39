"""Before a decision somebody may look at what the operator hides from everybody, and says in codes what it shows."""

from io import BytesIO

import numpy as np
import pytest
from board import MEDIA, PAGE, Board
from django.db import IntegrityError, transaction
from doubt import decide, unsure
from looks import begin, begin_before, in_office, waiting_task, why_not
from people import CHAIR, CHILD_COUNSELLOR, CHILD_REVIEWER, COUNSELLOR, OFFICER, REGULATOR, REVIEWER
from PIL import Image
from work import do_all_jobs

from haetae.agencies.looks import actions, queries
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.painting import painted
from haetae.agencies.looks.showing import show
from haetae.agencies.looks.states import Answer, Step
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age
from haetae.connectors.base import Capability, RefusedLinkError, UnreachableError
from haetae.detect.hashing.frame import Frame
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.overview.minors import said_to_be_a_minor_at_look
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.states import Kind
from tests.detect.film_files import film
from tests.detect.patterns import waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(board: Board, coffee: bytes, make_known) -> Board:
    """The operator is unsure and hides it: nobody is shown it, and its system hands it to us."""
    unsure(board, coffee, make_known)
    board.picture, board.hidden = b"", coffee
    return board


def pixels_of(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)), dtype=np.float64).ravel()


def seen(official, **changed) -> Look:
    begun = begin_before(official, **changed)
    assert show(begun.pk)
    begun.refresh_from_db()
    return begun


def review() -> Review:
    return Review.objects.get()


def wish(official, **changed) -> dict[str, object]:
    named = {"reason": "decide", "step": "blurred", "said_minor": False}
    return {"review_id": review().pk, "official_id": official, **named, **changed}


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("person", [REVIEWER, CHAIR, COUNSELLOR, CHILD_REVIEWER])
def test_what_the_operator_hides_is_seen_once_grey_and_blurred(person) -> None:
    begun = begin_before(in_office(person))
    png = Image.open(BytesIO(show(begun.pk)))
    assert (png.format, png.mode) == ("PNG", "L")
    assert why_not(show, look_id=begun.pk) == "look_used"
    assert queries.left_today(begun.official_id) == 19


@pytest.mark.usefixtures("hidden")
def test_who_does_not_look_does_not_look_here_either_and_reasons_belong_to_what_is_looked_for() -> None:
    for person in (OFFICER, REGULATOR):
        assert why_not(actions.begin_look_before, **wish(in_office(person))) == "look_not_yours"
    reviewer = in_office(REVIEWER)
    for reason in ("", "curiosity", "check_models"):
        assert why_not(actions.begin_look_before, **wish(reviewer, reason=reason)) == "no_reason_to_look"
    assert why_not(actions.begin_look_before, **wish(reviewer, step="clearer")) == "blurred_first"
    assert not Look.objects.exists()


def test_while_it_is_shown_to_everybody_it_is_seen_as_everybody_sees_it(
    board: Board, coffee: bytes, make_known
) -> None:
    unsure(board, coffee, make_known)
    board.capabilities = frozenset()
    assert seen(in_office(REVIEWER)).state == "shown"


def test_where_the_operators_system_hands_it_to_nobody_that_is_said_and_costs_nothing(hidden: Board) -> None:
    hidden.capabilities = frozenset(Capability) - {Capability.READ_HIDDEN}
    reviewer = in_office(REVIEWER)
    assert why_not(show, look_id=begin_before(reviewer).pk) == "hidden_from_us_too"
    assert queries.left_today(reviewer) == 20


@pytest.mark.parametrize(
    "trouble",
    [
        UnreachableError("network_timeout", "late"),
        RefusedLinkError("private_chat", "a private chat"),
    ],
)
def test_an_operator_that_is_down_and_a_room_that_is_private_show_nothing_and_cost_nothing(
    hidden: Board, trouble
) -> None:
    hidden.hidden = trouble
    reviewer = in_office(REVIEWER)
    assert why_not(show, look_id=begin_before(reviewer).pk) == trouble.code
    assert queries.left_today(reviewer) == 20
    do_all_jobs()
    assert review().state == "open"


def test_another_picture_than_the_one_to_be_decided_is_shown_to_nobody(hidden: Board) -> None:
    png = BytesIO()
    Image.fromarray(waves(height=200, width=300, seed=3)).save(png, "PNG")
    hidden.hidden = png.getvalue()
    assert why_not(show, look_id=begin_before(in_office(REVIEWER)).pk) == "another_picture"
    do_all_jobs()
    assert review().state == "open"


@pytest.mark.usefixtures("hidden")
def test_after_the_decision_nobody_looks_and_nobody_says_what_it_was() -> None:
    reviewer, counsellor = in_office(REVIEWER), in_office(COUNSELLOR)
    had, begun = seen(reviewer), begin_before(counsellor)
    decide(State.REMOVE, Reason.MANIPULATED)
    assert why_not(show, look_id=begun.pk) == "nothing_to_judge"
    assert why_not(actions.begin_look_before, **wish(counsellor)) == "nothing_to_judge"
    said = {"look_id": had.pk, "official_id": reviewer, "answer": Answer.MATCH}
    assert why_not(actions.say_found, **said) == "nothing_to_judge"
    had.refresh_from_db()
    assert had.answer == "", "what was refused has left nothing behind"


@pytest.mark.usefixtures("hidden")
def test_a_report_that_comes_in_between_asking_and_showing_protects_a_minor() -> None:
    reviewer, designated = in_office(REVIEWER), in_office(CHILD_REVIEWER)
    begun, other = begin_before(reviewer), begin_before(designated)
    open_case(receipt=receipt.draw(), told=Told(links=[PAGE], age=Age.UNDER_19))
    do_all_jobs()
    assert said_to_be_a_minor_at_look(begun.pk)
    assert why_not(show, look_id=begun.pk, said_minor=True) == "look_of_a_minor"
    assert queries.left_today(reviewer) == 20
    assert show(other.pk, said_minor=True)


def test_what_is_said_of_the_same_picture_at_another_place_protects_a_minor_here(hidden: Board) -> None:
    begun, elsewhere = begin_before(in_office(REVIEWER)), PAGE + "/2"
    hidden.picture = hidden.hidden
    register_sighting(page_url=elsewhere, media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    assert not said_to_be_a_minor_at_look(begun.pk)
    open_case(receipt=receipt.draw(), told=Told(links=[elsewhere], age=Age.UNDER_19))
    do_all_jobs()
    assert said_to_be_a_minor_at_look(begun.pk)


@pytest.mark.usefixtures("hidden")
def test_what_is_found_stands_for_all_and_a_minor_is_looked_at_by_the_designated_role_from_then_on() -> None:
    chair, designated = in_office(CHAIR), in_office(CHILD_COUNSELLOR)
    had = seen(chair)
    said = {"look_id": had.pk, "official_id": chair}
    assert why_not(actions.say_match, note="Seen.", **said) == "outcome_does_not_fit"
    actions.say_found(**said, answer=Answer.MATCH, altered=True, minor=True)
    assert why_not(actions.say_found, answer=Answer.CANNOT_TELL, **said) == "said_already"
    do_all_jobs()
    found = queries.findings_of(review().pk).get()
    assert (found.answer, found.altered, found.minor) == ("match", True, True)
    assert review().urgency.minor, "it comes first from now on"
    assert why_not(actions.begin_look_before, **wish(chair)) == "look_of_a_minor"
    assert seen(designated).state == "shown"


@pytest.mark.usefixtures("hidden")
def test_looks_of_both_kinds_count_for_one_day() -> None:
    reviewer, found = in_office(REVIEWER), review()
    open_task(kind=Kind.JUDGE, subject_id=found.request.assessment_id, sighting_id=found.sighting_id)
    for _ in range(10):
        begin_before(reviewer)
        begin(reviewer, waiting_task(), reason="check_match")
    assert why_not(actions.begin_look_before, **wish(reviewer)) == "looks_used_up"


@pytest.mark.usefixtures("hidden")
def test_handed_on_or_not_seen_nothing_is_found() -> None:
    reviewer = in_office(REVIEWER)
    begun = begin_before(reviewer)
    said = {"look_id": begun.pk, "official_id": reviewer}
    assert why_not(actions.say_found, answer=Answer.MATCH, **said) == "not_seen"
    actions.hand_on(**said)
    assert not queries.findings_of(review().pk).exists()
    for wrong in ({"minor": True}, {"review": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Look.objects.filter(pk=begun.pk).update(**wrong)


def test_of_a_hidden_film_the_moment_is_shown_at_which_it_is_known(board: Board, make_known) -> None:
    scenes = [waves(height=96, width=128, seed=seed) for seed in range(60)]
    png = BytesIO()
    Image.fromarray(scenes[40]).save(png, "PNG")
    make_known(png.getvalue())
    clip = film(scenes, "mp4")
    unsure(board, clip, lambda _: None)
    board.picture, board.hidden = b"", clip
    shown = pixels_of(show(begin_before(in_office(REVIEWER)).pk))
    wanted, other = (pixels_of(painted(Frame(luma=scenes[at]), step=Step.BLURRED)) for at in (40, 0))
    assert np.corrcoef(shown, wanted)[0, 1] > 0.9
    assert np.corrcoef(shown, other)[0, 1] < 0.6
