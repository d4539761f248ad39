"""The end of what is hidden for now: told before, extended for a reason, or shown again; never longer in silence."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import HIDDEN, REVIEWER, block_state, decide, of_a_minor, refusals, see, waiting_tasks
from steps import happened, request_state, wait
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.base import Seen
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.deadlines.models import Deadline
from haetae.flow.review.block.term import actions as term
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.models import BlockExtension
from haetae.flow.review.block.term.states import Why
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import BLOCK_ENDS, ON_THE_CLOCK, State
from haetae.flow.steps import terms
from haetae.flow.tasks.actions import CannotFinishError
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import OUTCOMES, Kind, Outcome
from tests.commission import commission_decides

pytestmark = pytest.mark.django_db
SAYS_WHY = "The commission votes on it in its next meeting."


def extend(found: ProvisionalBlock, why: Why = Why.DECISION_NEAR) -> None:
    terms.extend(block_id=found.pk, why=why, statement=SAYS_WHY, official_id=REVIEWER)
    do_all_jobs()


def test_people_are_told_before_the_end_and_a_clock_shows_it_again_when_nobody_chose(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    ends = Deadline.objects.get(kind="block_ends")
    assert (ends.basis, ends.source, ends.due_at) == ("legal", "ict 44-2(4)", hidden.ends_at)
    wait(moving_clock, days=23)
    assert sorted(waiting_tasks()) == ["block_ends", "review_late"], "people are told a week before"
    assert block_state() == "hidden"
    moving_clock.shift(timedelta(days=7))
    terms.block_expires(hidden.pk)
    do_all_jobs()
    board.sights = [Seen.LIVE] * 5
    said = Event.objects.get(name="review.block_expired")
    assert said.facts == {"by": "clock"}
    assert (block_state(), len(board.restores)) == ("lift_claimed", 1)
    assert sorted(waiting_tasks()) == ["review_late", "shown_undecided"]
    see(moving_clock)
    assert block_state() == "restored"
    assert Review.objects.get().state == "late", "ending the block decides nothing"
    board.sights = []
    decide(State.REMOVE, Reason.MANIPULATED)
    see(moving_clock)
    assert (request_state(), waiting_tasks()) == ("verified", [])


def test_an_extension_says_why_sets_our_own_end_beside_the_laws_and_is_told(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    wait(moving_clock, days=24)
    task = Task.objects.get(kind="block_ends")
    terms.extend_by_task(task_id=task.pk, why=Why.NO_QUORUM, statement=SAYS_WHY, official_id=REVIEWER)
    one = BlockExtension.objects.get()
    assert (one.why, one.statement, one.official_id) == ("no_quorum", SAYS_WHY, REVIEWER)
    assert (one.since, one.until - one.since) == (hidden.ends_at, timedelta(days=30))
    dues = {due.basis: (due.due_at, due.source) for due in Deadline.objects.filter(kind="block_ends")}
    assert dues == {"legal": (hidden.ends_at, "ict 44-2(4)"), "policy": (one.until, "haetae")}
    assert (waiting_tasks(), Task.objects.get(kind="block_ends").outcome) == (["review_late"], "extend")
    wait(moving_clock, days=10)
    assert (block_state(), board.restores) == ("hidden", []), (
        "the law's term passes, and is seen to have passed"
    )
    wait(moving_clock, days=20)
    assert "block_ends" in waiting_tasks(), "told again before the new end"
    wait(moving_clock, days=7)
    assert block_state() == "lift_claimed"


def test_people_extend_so_often_and_no_more_and_not_twice_at_once(
    hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    extend(hidden)
    with pytest.raises(CannotKeepError, match="extended_already"):
        extend(hidden)
    for _ in range(1):
        wait(moving_clock, days=55)
        extend(hidden)
    wait(moving_clock, days=30)
    with pytest.raises(CannotKeepError, match="extended_often_enough"):
        extend(hidden)
    assert refusals() == [("extend", "extended_already"), ("extend", "extended_often_enough")]
    wait(moving_clock, days=7)
    assert block_state() == "lift_claimed"
    with pytest.raises(CannotKeepError, match="being_shown_again"):
        extend(hidden)


def test_what_expired_and_is_not_yet_shown_again_may_still_be_extended(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    moving_clock.shift(timedelta(days=31))
    term.expire(block_id=hidden.pk, minor=False)
    assert block_state() == "expired"
    extend(hidden, Why.SAFETY)
    assert (block_state(), board.restores) == ("claimed", [])
    assert ProvisionalBlock.objects.get().ends_at == clock.now() + timedelta(days=30)


def test_a_clock_never_shows_what_may_show_a_minor_and_says_so_each_time(
    board: Board,
    hidden: ProvisionalBlock,
    moving_clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_a_minor(monkeypatch)
    for term_over in range(1, 5):
        wait(moving_clock, days=30, seconds=1)
        assert (block_state(), board.restores) == ("hidden", [])
        extended = Event.objects.filter(name="review.block_extended", facts__why="minor")
        assert (extended.count(), extended.last().actor_kind) == (term_over, "system")
        assert "block_ends" in waiting_tasks()
    wait(moving_clock, days=25)
    extend(hidden, Why.MINOR)
    assert BlockExtension.objects.filter(official_id=None).count() == 4, (
        "people may say it as often as it takes"
    )


@pytest.mark.parametrize("decision", [State.REMOVE, State.NOT_HARMFUL])
def test_a_decision_at_the_moment_of_the_clock_is_not_undone_by_it(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller, decision: State
) -> None:
    moving_clock.shift(timedelta(days=30))
    reason = Reason.MANIPULATED if decision is State.REMOVE else Reason.MISTAKEN
    commission_decides(Review.objects.get().pk, decision=decision, reason=reason)
    with pytest.raises(CannotKeepError, match="decided_meanwhile"):
        terms.extend(block_id=hidden.pk, why=Why.SAFETY, statement=SAYS_WHY, official_id=REVIEWER)
    terms.block_expires(hidden.pk)  # before anything followed from the decision
    do_all_jobs()
    assert len(board.restores) == (decision is State.NOT_HARMFUL)
    assert block_state() == ("lift_claimed" if decision is State.NOT_HARMFUL else "lasting")
    with pytest.raises(CannotKeepError, match=r"being_shown_again|hidden_by_decision"):
        extend(hidden)


def test_a_clock_that_comes_twice_forces_once(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    moving_clock.shift(timedelta(days=31))
    for _ in range(2):
        terms.block_expires(hidden.pk)
        do_all_jobs()
    assert len(board.restores) == 1
    assert happened().count("review.block_expired") == 1


def test_removed_after_it_was_shown_again_and_shown_after_it_was_removed(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    wait(moving_clock, days=24)
    task = Task.objects.get(kind="block_ends")
    decide(State.REMOVE, Reason.NO_CONSENT)
    see(moving_clock)
    assert block_state() == "ended"
    with pytest.raises(CannotFinishError, match="task_over"):
        terms.end_by_task(task_id=task.pk, note="show it again", official_id=REVIEWER)
    with pytest.raises(CannotFinishError, match="task_over"):
        terms.extend_by_task(task_id=task.pk, why=Why.SAFETY, statement=SAYS_WHY, official_id=REVIEWER)
    with pytest.raises(CannotKeepError, match="removed_already"):
        extend(hidden)
    terms.lift_by_hand(hidden.pk, official_id=REVIEWER)
    assert refusals() == [
        ("restore", "task_over"),
        ("extend", "task_over"),
        ("extend", "removed_already"),
        ("restore", "removed_already"),
    ]
    assert board.restores == []


def test_a_person_ends_a_block_before_its_end(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    assert OUTCOMES[Kind.BLOCK_ENDS] == {Outcome.EXTEND, Outcome.RESTORE}
    wait(moving_clock, days=24)
    task = Task.objects.get(kind="block_ends")
    for _twice in range(2):
        terms.end_by_task(task_id=task.pk, note="nothing speaks for it", official_id=REVIEWER)
    do_all_jobs()
    assert refusals() == [], "sent twice it is no second try"
    board.sights = [Seen.LIVE] * 2
    see(moving_clock)
    assert (block_state(), Review.objects.get().state) == ("restored", "late")


def test_another_case_hidden_at_the_same_operator_keeps_the_same_picture_until_its_own_end(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    wait(moving_clock, days=10)
    board.answers = [HIDDEN]
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    wait(moving_clock, days=20, seconds=1)
    first, second = ProvisionalBlock.objects.order_by("begun_at")
    assert (first.state, second.state, first.ends_at) == ("kept", "claimed", second.ends_at)
    assert board.restores == []
    wait(moving_clock, days=10)
    assert {block.state for block in ProvisionalBlock.objects.all()} == {"lift_claimed"}


def test_an_operator_may_show_by_its_own_judgement_what_was_extended_or_what_nobody_can_decide(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    from haetae.audit.actor import Actor
    from haetae.flow.review.block.actions import lift_answered

    operator = Actor(kind="operator", id="")
    assert not lift_answered(block_id=hidden.pk, actor=operator), (
        "within the law's term it waits for the decision"
    )
    terms.ask_itself(review_id=Review.objects.get().pk, official_id=REVIEWER)  # nobody sits in the commission
    assert lift_answered(block_id=hidden.pk, actor=operator)
    do_all_jobs()
    assert (block_state(), waiting_tasks()) == ("lift_claimed", ["shown_undecided"])
    assert Event.objects.get(name="review.lift_claimed").facts == {"by_itself": True}
    assert Review.objects.get().state == "open", "nothing is presumed"
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    with pytest.raises(CannotKeepError, match="decided_meanwhile"):
        terms.ask_itself(review_id=Review.objects.get().pk, official_id=REVIEWER)
    assert refusals() == [("ask_itself", "decided_meanwhile")]


def test_day_by_day_nothing_stays_hidden_past_its_end_without_a_reason_that_was_recorded(
    board: Board, hidden: ProvisionalBlock, moving_clock: time_machine.Traveller
) -> None:
    extended_on = {25, 57}
    for day in range(1, 110):
        wait(moving_clock, days=1)
        if day in extended_on:
            extend(hidden)
        found = ProvisionalBlock.objects.get()
        if found.state in BLOCK_ENDS or found.state not in ON_THE_CLOCK:
            continue
        assert found.begun_at is not None
        whys = BlockExtension.objects.filter(block=found, since__lte=clock.now(), until__gt=clock.now())
        assert clock.now() < found.begun_at + timedelta(days=30) or whys.exists(), f"day {day}"
    assert block_state() == "not_back", (
        "said to be back, and in this story nobody sees it: people have the task"
    )
    assert UUID(str(hidden.pk)) in Task.objects.filter(kind="not_restored").values_list(
        "subject_id", flat=True
    )
