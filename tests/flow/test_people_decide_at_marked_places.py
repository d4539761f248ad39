"""A marked place of public interest: whatever is known or reported there, a person decides; nobody is silenced."""

from uuid import UUID, uuid4

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from doubt import SHOWN, MakeKnown, block_state, unsure, waiting_tasks
from steps import found, happened, wait
from work import do_all_jobs

from haetae.accounts.actions import delegate_block, register_operator
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import Seen
from haetae.detect import OpenerPool, examine
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.before_publication import as_told
from haetae.flow.arrival.rules import Question
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.by_hand import rules
from haetae.flow.by_hand.actions import CannotMarkError, ask_to_end, end_mark, mark_place
from haetae.flow.by_hand.states import EndGround, Ground
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.hashbank.actions import keep_list
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.states import Purpose
from tests import people
from tests.commission import seat

pytestmark = pytest.mark.django_db


def mark(typed: str = PAGE) -> UUID:
    return mark_place(
        typed=typed, ground=Ground.PUBLIC_OFFICE, reference="2026-7", official_id=first_official()
    )


def first_official() -> UUID:
    return seat(people.REVIEWER, Role.REVIEWER).pk


@pytest.fixture
def known(board: Board, coffee: bytes, make_known: MakeKnown) -> Board:
    """What lies there is on a list that a counsellor has checked: anywhere else it is asked for at once."""
    board.picture = coffee
    make_known(coffee)
    return board


def report() -> None:
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()


def reasons() -> list[str]:
    newest = Assessment.objects.order_by("opened_at", "round").last()
    assert newest is not None
    return [reason["code"] for reason in newest.reasons]


@pytest.mark.parametrize("typed", [PAGE, "board.example", "https://www.BOARD.example/P/?from=feed"])
def test_what_is_known_for_sure_is_asked_for_by_a_person_alone(known: Board, typed: str) -> None:
    mark(typed)
    found()
    report()
    assert known.orders == []
    assert not DeletionRequest.objects.exists()
    assert reasons()[:2] == ["public_interest", "known_confirmed"]
    assert waiting_tasks() == ["judge"], "found and reported, it is one person's one look"
    task = Task.objects.get(state="waiting")
    finish_task(task_id=task.pk, outcome=Outcome.ASK, note="Looked at it.", official_id=first_official())
    do_all_jobs()
    assert len(known.orders) == 1, "whoever is shown there is helped as elsewhere, by a person"


@pytest.mark.parametrize("typed", [None, "https://board.example/p/12", "https://other.example"])
def test_everywhere_else_it_is_asked_for_at_once(known: Board, typed: str | None) -> None:
    if typed:
        mark(typed)
    found()
    assert len(known.orders) == 1


def test_a_mark_that_comes_between_the_verdict_and_the_request_holds_it_back(known: Board) -> None:
    register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)

    def mark_once_it_is_decided(_job: str) -> None:
        if Assessment.objects.filter(state="request").exists():
            mark()

    do_all_jobs(before_each=mark_once_it_is_decided)
    assert (known.orders, waiting_tasks()) == ([], ["judge"])
    task = Task.objects.get(state="waiting")
    finish_task(task_id=task.pk, outcome=Outcome.ASK, note="Looked at it.", official_id=first_official())
    do_all_jobs()
    assert len(known.orders) == 1


def test_what_is_harmless_or_unknown_there_is_nobodys_task(board: Board, coffee: bytes) -> None:
    mark()
    board.picture = coffee
    found()
    assert (reasons(), waiting_tasks()) == (["nothing_known"], [])


def test_two_officials_end_a_mark_and_then_machines_act_again(known: Board) -> None:
    standing, first, second = mark(), first_official(), seat(people.CHILD_REVIEWER, Role.REVIEWER).pk
    ask_to_end(mark_id=standing, ground=EndGround.MISTAKEN, official_id=first)
    with pytest.raises(CannotMarkError, match="mark_same_official"):
        end_mark(mark_id=standing, official_id=first)
    found()
    assert known.orders == [], "until another agrees it stands"
    end_mark(mark_id=standing, official_id=second)
    report()
    assert len(known.orders) == 1
    assert mark() != standing, "it may be marked anew"


def test_a_picture_of_a_list_against_the_abuse_of_children_comes_first_in_the_queue(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    keep_list(name="test", issuer="partner", purpose=Purpose.CSAM, actor=SYSTEM)
    mark()
    board.picture = coffee
    make_known(coffee)
    found()
    task = Task.objects.get(state="waiting")
    assert task.urgency.minor
    assert Task.objects.order_by("rank").first() == task


def test_we_hide_nothing_there_in_an_operators_name(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    """It was asked for before the place was marked, and the operator is unsure; we hold its delegation."""
    operator = register_operator(
        name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM
    )
    delegate_block(operator=operator, reference="agreement-7", since=clock.now().date(), actor=SYSTEM)
    board.answers = []
    ask = board.ask_to_delete

    def marked_meanwhile(order):  # type: ignore[no-untyped-def]
        mark()
        return ask(order)

    board.ask_to_delete = marked_meanwhile  # type: ignore[method-assign]
    unsure(board, coffee, make_known, answer=SHOWN)
    assert (board.blocks, block_state()) == ([], "not_done")
    assert "not_blocked" in waiting_tasks()


def test_what_comes_back_there_is_judged_and_not_asked_for_again_by_itself(
    known: Board, moving_clock: time_machine.Traveller
) -> None:
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    mark()
    known.sights = [Seen.LIVE] * 2
    report()
    report()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert "removal.reappeared" in happened()
    assert len(known.orders) == 1
    assert "judge" in waiting_tasks()


@pytest.mark.parametrize(("purpose", "verdict"), [(Purpose.NCII, "review"), (Purpose.CSAM, "request")])
def test_an_upload_there_is_published_until_a_person_decides_unless_a_child_is_shown(
    known: Board, coffee: bytes, purpose: Purpose, verdict: str
) -> None:
    from haetae.hashbank.models import HashList

    HashList.objects.filter(name="test").update(purpose=purpose)
    mark()
    with OpenerPool(size=1) as openers:
        finding = examine(coffee, bank=CurrentBank().get(), openers=openers)
    asked = Question(operator_id=uuid4(), post_id="1", place=(PAGE, MEDIA))
    assert as_told(asked, finding).verdict == verdict
    elsewhere = Question(operator_id=uuid4(), post_id="1", place=("https://other.example/1", MEDIA[:-7]))
    assert as_told(elsewhere, finding).verdict == "request"


@pytest.mark.parametrize(
    ("typed", "url", "is_covered"),
    [
        ("sns.example/@han", "https://sns.example/@Han/posts/1?lang=ko", True),
        ("sns.example/@han", "http://www.sns.example//@han/../%40han/", True),
        ("sns.example/@han", "https://sns.example/@hana", False),
        ("sns.example/@han", "https://sns.example:8443/@han", False),
        ("sns.example/@han", "https://sns.example.evil.example/@han", False),
        ("moon.example", "https://news.moon.example/2026/1", True),
        ("moon.example", "https://half-moon.example/", False),
        ("한.example", "https://xn--6q8b.example/1", True),
    ],
)
def test_which_addresses_a_mark_covers(typed: str, url: str, is_covered: bool) -> None:
    assert (rules.place_of(typed) in rules.beginnings(url)) is is_covered
