"""Who may look at a published picture, why, how often, and who may not."""

from datetime import timedelta

import pytest
import time_machine
from board import PAGE, Board
from looks import begin, in_office, look, waiting_task, why_not
from people import CHILD_COUNSELLOR, COUNSELLOR, OFFICER, REVIEWER
from steps import found, happened
from work import do_all_jobs

from haetae.agencies.looks import actions, queries
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.showing import show
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Relation
from haetae.audit.actor import SYSTEM
from haetae.common.ids import new_id
from haetae.detect.matching import Tier
from haetae.flow.overview.minors import said_to_be_a_minor
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.states import Outcome
from haetae.hashbank.actions import add_known_picture, keep_list
from haetae.hashbank.states import Purpose
from tests.prints import prints_of

pytestmark = pytest.mark.django_db


def wish(official, **changed) -> dict[str, object]:
    named = {"reason": "check_match", "step": "blurred", "said_minor": False}
    return {"task_id": waiting_task().pk, "official_id": official, **named, **changed}


@pytest.mark.usefixtures("doubtful")
def test_a_look_is_one_row_with_a_reason_and_an_event() -> None:
    counsellor = in_office(COUNSELLOR)
    taken = look(counsellor)
    assert (taken.state, taken.reason, taken.step) == ("shown", "check_match", "blurred")
    assert taken.begun_at <= taken.taken_at <= taken.shown_at
    assert [name for name in happened() if name.startswith("looks.")] == [
        "looks.begun",
        "looks.taken",
        "looks.shown",
    ]


@pytest.mark.usefixtures("doubtful")
def test_a_police_officer_may_not_look_and_a_reviewer_may() -> None:
    assert why_not(actions.begin_look, **wish(in_office(OFFICER))) == "look_not_yours"
    assert begin(in_office(REVIEWER)).state == "begun"


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize("changed", [{"reason": ""}, {"reason": "curiosity"}, {"step": "clear"}])
def test_nobody_looks_without_a_reason_or_in_a_way_that_is_none(changed) -> None:
    assert why_not(actions.begin_look, **wish(in_office(COUNSELLOR), **changed)) == "no_reason_to_look"
    assert not Look.objects.exists()


@pytest.mark.usefixtures("doubtful")
def test_nobody_gets_the_clearer_look_first() -> None:
    counsellor, reviewer = in_office(COUNSELLOR), in_office(REVIEWER)
    assert why_not(actions.begin_look, **wish(counsellor, step="clearer")) == "blurred_first"
    begin(counsellor)
    assert why_not(actions.begin_look, **wish(counsellor, step="clearer")) == "blurred_first", "not seen yet"
    look(counsellor)
    assert look(counsellor, step="clearer").state == "shown"
    assert why_not(actions.begin_look, **wish(reviewer, step="clearer")) == "blurred_first"


@pytest.mark.usefixtures("doubtful")
def test_where_nothing_is_to_be_judged_any_more_nobody_looks() -> None:
    counsellor, task = in_office(COUNSELLOR), waiting_task()
    finish_task(task_id=task.pk, outcome=Outcome.LEAVE, note="Left alone.", official_id=counsellor)
    named = {"official_id": counsellor, "reason": "check_match", "step": "blurred", "said_minor": False}
    assert why_not(actions.begin_look, task_id=task.pk, **named) == "nothing_to_judge"


@pytest.mark.usefixtures("doubtful")
def test_the_day_has_twenty_looks_and_the_next_day_twenty_more(
    moving_clock: time_machine.Traveller,
) -> None:
    counsellor = in_office(COUNSELLOR)
    for number in range(20):
        assert queries.left_today(counsellor) == 20 - number
        begin(counsellor)
    assert why_not(actions.begin_look, **wish(counsellor)) == "looks_used_up"
    assert begin(in_office(REVIEWER)), "another person's looks are their own"
    moving_clock.shift(timedelta(minutes=3))
    assert queries.left_today(counsellor) == 20, "none of these was had in time, so nothing was seen"
    look(counsellor)
    moving_clock.shift(timedelta(hours=11))
    assert queries.left_today(counsellor) == 19, "23:03 in Seoul: the same day"
    moving_clock.shift(timedelta(hours=1))
    assert queries.left_today(counsellor) == 20, "after midnight in Seoul"


@pytest.mark.usefixtures("doubtful")
def test_a_look_that_was_not_had_in_time_is_over(moving_clock: time_machine.Traveller) -> None:
    begun = begin(in_office(COUNSELLOR))
    moving_clock.shift(timedelta(minutes=2, seconds=1))
    assert why_not(show, look_id=begun.pk) == "look_lapsed"
    assert why_not(show, look_id=new_id()) == "look_used"


def by_a_list_against_child_abuse(prints) -> None:
    keep_list(name="minors", purpose=Purpose.CSAM, actor=SYSTEM)
    whole = prints.perceptual[0]
    add_known_picture(
        list_name="minors", tier=Tier.SELF_DECLARED, sha256=prints.sha256, pdq=whole.pdq, dhash=whole.dhash,
        actor=SYSTEM,
    )  # fmt: skip


def test_a_minors_picture_is_looked_at_by_the_designated_role_alone(board: Board, coffee: bytes) -> None:
    by_a_list_against_child_abuse(prints_of(coffee))
    board.picture = coffee
    found()
    for person in (COUNSELLOR, REVIEWER):
        assert why_not(actions.begin_look, **wish(in_office(person))) == "look_of_a_minor"
    assert look(in_office(CHILD_COUNSELLOR)).state == "shown"


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize(
    ("told", "minor"),
    [
        ({"age": Age.UNDER_19}, True),
        ({"age": Age.UNDER_19, "relation": Relation.ME}, True),
        ({"relation": Relation.CHILD}, True),
        ({"relation": Relation.CLIENT}, True),
        ({"relation": Relation.CLIENT, "age": Age.ADULT}, False),
        ({"relation": Relation.ME, "age": Age.ADULT}, False),
        ({}, False),
    ],
)
def test_whoever_reports_it_can_only_make_more_careful(told, minor: bool) -> None:
    open_case(receipt=receipt.draw(), told=Told(links=[PAGE], **told))
    do_all_jobs()
    assert said_to_be_a_minor(waiting_task().pk) is minor


@pytest.mark.usefixtures("doubtful")
def test_the_word_of_a_case_is_enough_to_protect_a_minor() -> None:
    assert why_not(actions.begin_look, **wish(in_office(COUNSELLOR), said_minor=True)) == "look_of_a_minor"
    assert begin(in_office(CHILD_COUNSELLOR), minor=True)
