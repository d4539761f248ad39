"""What an official says of a picture that was seen: it acts where it was found, or it changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from board import Board
from looks import NOTE, begin, in_office, look, waiting_task, why_not
from people import COUNSELLOR, OFFICER, REVIEWER
from steps import PHOTOS, found, happened
from work import do_all_jobs

from haetae.accounts.models import Seat
from haetae.agencies.looks import actions
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.showing import show
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.actions import CannotFinishError
from haetae.flow.tasks.models import Task
from haetae.hashbank.actions import dispute_known_picture
from haetae.hashbank.models import KnownPicture
from tests.prints import prints_of

pytestmark = pytest.mark.django_db


def also_at(number: int) -> None:
    """The same picture at another place of the board."""
    page, media = (f"https://board.example/{kind}/{number}" for kind in "pm")
    register_sighting(page_url=page, media_url=media, source=Source.WATCH)
    do_all_jobs()


@pytest.mark.usefixtures("doubtful")
def test_one_look_is_enough_for_every_place_of_the_picture() -> None:
    also_at(2)
    counsellor = in_office(COUNSELLOR)
    seen = look(counsellor)
    actions.say_match(look_id=seen.pk, official_id=counsellor, note=NOTE)
    do_all_jobs()
    known = KnownPicture.objects.get()
    assert known.tier == Tier.COUNSELLOR_CHECKED
    assert Look.objects.count() == 1
    assert DeletionRequest.objects.values("sighting").distinct().count() == 2
    assert DeletionRequest.objects.count() == 2, "no place is asked for twice"
    assert not Task.objects.filter(state="waiting").exists()
    raised = Event.objects.get(name="hashbank.tier_raised")
    assert (raised.actor_kind, raised.actor_id) == ("official", str(counsellor))
    names = happened()
    order = ["looks.begun", "looks.taken", "looks.shown", "looks.match", "tasks.done", "hashbank.tier_raised"]
    assert [name for name in names if name in order] == order
    assert names.index("hashbank.tier_raised") < len(names) - 1 - names[::-1].index("removal.requested")


@pytest.mark.usefixtures("doubtful")
def test_something_else_asks_for_nothing_and_harms_no_entry() -> None:
    counsellor = in_office(COUNSELLOR)
    actions.say_something_else(look_id=look(counsellor).pk, official_id=counsellor, note=NOTE)
    do_all_jobs()
    known = KnownPicture.objects.get()
    assert (known.tier, known.disputed_at, known.withdrawn_at) == (Tier.SELF_DECLARED, None, None)
    assert not DeletionRequest.objects.exists()
    assert Task.objects.get().outcome == "leave"


@pytest.mark.usefixtures("doubtful")
def test_where_officials_disagree_nothing_rises_and_each_place_stays_with_people() -> None:
    also_at(2)
    also_at(3)
    counsellor, reviewer = in_office(COUNSELLOR), in_office(REVIEWER)
    actions.say_something_else(look_id=look(counsellor).pk, official_id=counsellor, note=NOTE)
    do_all_jobs()
    actions.say_match(look_id=look(reviewer).pk, official_id=reviewer, note=NOTE)
    do_all_jobs()
    assert KnownPicture.objects.get().tier == Tier.SELF_DECLARED
    assert DeletionRequest.objects.count() == 1, "the place that was seen is asked for all the same"
    assert Task.objects.filter(state="waiting").count() == 1


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize("say", [actions.say_match, actions.say_something_else])
def test_without_having_seen_it_nobody_says_what_it_is(say, moving_clock: time_machine.Traveller) -> None:
    counsellor, reviewer = in_office(COUNSELLOR), in_office(REVIEWER)
    begun = begin(counsellor)
    assert why_not(say, look_id=begun.pk, official_id=counsellor, note=NOTE) == "not_seen"
    show(begun.pk)
    assert why_not(say, look_id=begun.pk, official_id=reviewer, note=NOTE) == "not_seen", (
        "somebody else saw it"
    )
    moving_clock.shift(timedelta(hours=1, seconds=1))
    assert why_not(say, look_id=begun.pk, official_id=counsellor, note=NOTE) == "seen_too_long_ago"
    do_all_jobs()
    assert KnownPicture.objects.get().tier == Tier.SELF_DECLARED
    assert Task.objects.get().state == "waiting"


@pytest.mark.usefixtures("doubtful")
def test_whoever_left_the_office_after_the_look_says_nothing_any_more() -> None:
    counsellor = in_office(COUNSELLOR)
    seen = look(counsellor)
    Seat.objects.filter(official=counsellor).update(until="2026-01-02")
    assert why_not(actions.say_match, look_id=seen.pk, official_id=counsellor, note=NOTE) == "look_not_yours"


@pytest.mark.usefixtures("doubtful")
def test_it_is_said_once_and_a_note_that_is_missing_undoes_all() -> None:
    counsellor = in_office(COUNSELLOR)
    seen = look(counsellor)
    with pytest.raises(CannotFinishError, match="note_length"):
        actions.say_match(look_id=seen.pk, official_id=counsellor, note=" ")
    seen.refresh_from_db()
    assert seen.answer == ""
    assert "looks.match" not in happened()
    actions.say_match(look_id=seen.pk, official_id=counsellor, note=NOTE)
    again = {"look_id": seen.pk, "official_id": counsellor, "note": NOTE}
    assert why_not(actions.say_something_else, **again) == "said_already"


@pytest.mark.usefixtures("doubtful")
def test_who_cannot_tell_or_hands_on_leaves_the_task_to_others() -> None:
    counsellor, reviewer = in_office(COUNSELLOR), in_office(REVIEWER)
    actions.say_cannot_tell(look_id=look(counsellor).pk, official_id=counsellor)
    actions.hand_on(look_id=begin(reviewer).pk, official_id=reviewer)
    do_all_jobs()
    assert Task.objects.get().state == "waiting"
    assert KnownPicture.objects.get().tier == Tier.SELF_DECLARED


@pytest.mark.usefixtures("doubtful")
def test_an_entry_that_somebody_doubts_does_not_rise() -> None:
    counsellor = in_office(COUNSELLOR)
    seen = look(counsellor)
    dispute_known_picture(known_id=KnownPicture.objects.get().pk, actor=SYSTEM)
    actions.say_match(look_id=seen.pk, official_id=counsellor, note=NOTE)
    do_all_jobs()
    assert KnownPicture.objects.get().tier == Tier.SELF_DECLARED
    assert DeletionRequest.objects.count() == 1


def test_what_only_resembles_a_known_picture_does_not_vouch_for_that_one(board: Board, coffee: bytes) -> None:
    from haetae.hashbank.actions import add_known_picture

    pdq = prints_of(coffee).perceptual[0].pdq
    add_known_picture(list_name="test", tier=Tier.SELF_DECLARED, sha256="", pdq=pdq, dhash="", actor=SYSTEM)
    board.picture = coffee
    found()
    counsellor = in_office(COUNSELLOR)
    actions.say_match(look_id=look(counsellor).pk, official_id=counsellor, note=NOTE)
    do_all_jobs()
    assert KnownPicture.objects.get().tier == Tier.SELF_DECLARED, "one of two families is not sure"
    assert DeletionRequest.objects.count() == 1


@pytest.mark.usefixtures("doubtful")
def test_another_picture_at_the_place_is_not_shown_but_examined(board: Board) -> None:
    counsellor, task = in_office(COUNSELLOR), waiting_task()
    begun = begin(counsellor)
    board.picture = (PHOTOS / "gravel.jpg").read_bytes()
    assert why_not(show, look_id=begun.pk) == "another_picture"
    do_all_jobs()
    begun.refresh_from_db()
    task.refresh_from_db()
    assert (begun.state, begun.failure) == ("failed", "another_picture")
    assert task.state == "resolved"
    assert list(Assessment.objects.order_by("round").values_list("state", flat=True)) == ["review", "nothing"]
    assert why_not(actions.say_match, look_id=begun.pk, official_id=counsellor, note=NOTE) == "not_seen"


@pytest.mark.usefixtures("doubtful")
def test_an_officer_cannot_say_what_it_is_with_the_look_of_a_counsellor() -> None:
    seen, officer = look(in_office(COUNSELLOR)), in_office(OFFICER)
    assert why_not(actions.say_match, look_id=seen.pk, official_id=officer, note=NOTE) == "not_seen"
