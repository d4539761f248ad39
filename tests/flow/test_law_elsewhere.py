"""An operator abroad answers to its own country's law: a term of its own, beside ours, and never our target's."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from board import Board
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.base import Answer, AnswerKind, Seen, UnreachableError
from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview import newest_rows
from haetae.flow.tasks.models import Task

RECEIVED = Answer(kind=AnswerKind.RECEIVED, reference="r-1")


@pytest.fixture
def asked(
    board: Board,
    coffee: bytes,
    make_known: Callable[..., None],
    moving_clock: time_machine.Traveller,
) -> Callable[..., None]:
    """A known picture is found at an operator of this country, which is asked and answers so."""

    def ask(jurisdiction: str, *answers: Answer | UnreachableError, kind: str = "platform") -> None:
        make_known(coffee)
        board.picture = coffee
        board.answers = list(answers or [RECEIVED])
        operator = register_operator(
            name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM
        )
        Operator.objects.filter(pk=operator.pk).update(jurisdiction=jurisdiction, kind=kind)
        found()

    return ask


def terms() -> list[tuple[str, str, str, datetime | None]]:
    """What is set for removal: whose, by which source, until when."""
    rows = Deadline.objects.filter(kind="remove", state="set").order_by("basis", "pack")
    return [(row.basis, row.pack, row.source, row.due_at) for row in rows]


def test_an_operator_in_the_united_states_has_two_days_by_its_law_beside_ours(
    asked: Callable[..., None],
) -> None:
    asked("us")
    assert terms() == [
        ("legal", "", "tba 22-5(1)", None),
        ("legal", "us", "tida 3(a)(3)", datetime(2026, 11, 24, 3, tzinfo=UTC)),
        ("policy", "", "government_plan", datetime(2026, 11, 23, 3, tzinfo=UTC)),
    ]
    row = newest_rows()[0]
    assert row.legal is not None
    assert row.legal_there is not None
    assert (row.legal.pack, row.legal_there.pack) == ("", "us")


@pytest.mark.parametrize(
    ("country", "kind", "hours"),
    [
        ("uk", "platform", 48),
        ("in", "platform", 2),
        ("eu", "platform", None),  # a duty, and no hours
        ("eu", "cdn", "none"),  # it binds others
        ("au", "platform", "none"),  # counts from an order that is not ours to give
        ("kr", "platform", "none"),  # home: its row stands already
        ("zz", "platform", "none"),  # nobody has read that law
    ],
)
def test_each_country_gives_what_it_gives(
    asked: Callable[..., None], country: str, kind: str, hours: int | str | None
) -> None:
    asked(country, kind=kind)
    there = Deadline.objects.filter(kind="remove", basis="legal").exclude(pack="")
    ends = [row.due_at and (row.due_at - clock.now()).total_seconds() / 3600 for row in there]
    assert ends == ([] if hours == "none" else [hours])


def test_a_duty_that_is_not_in_force_yet_on_that_countrys_own_day_binds_nobody(
    asked: Callable[..., None], moving_clock: time_machine.Traveller
) -> None:
    """19 May 2026 in Seoul, and still the 18th in New York."""
    moving_clock.move_to(datetime(2026, 5, 19, 3, tzinfo=UTC))
    asked("us")
    assert [(basis, pack) for basis, pack, _, _ in terms()] == [("legal", ""), ("policy", "")]


def test_the_term_counts_from_when_the_operator_has_the_request_and_from_nothing_earlier(
    asked: Callable[..., None], moving_clock: time_machine.Traveller
) -> None:
    asked("us", *[UnreachableError("http_500", "down")] * 4, RECEIVED)
    assert [pack for _, pack, _, _ in terms()] == ["", ""]
    for _ in range(4):
        wait(moving_clock, minutes=40)
    has_it_at = Event.objects.get(name="removal.sent").at
    [there] = [due_at for _, pack, _, due_at in terms() if pack == "us"]
    assert there is not None
    assert (there - has_it_at).total_seconds() == 48 * 3600
    wait(moving_clock, hours=1)
    assert [due_at for _, pack, _, due_at in terms() if pack == "us"] == [there], (
        "the same again moves nothing"
    )


def test_our_target_and_the_laws_term_pass_one_after_the_other_and_are_told_apart(
    asked: Callable[..., None], board: Board, moving_clock: time_machine.Traveller
) -> None:
    asked("us")
    board.known_answer = RECEIVED
    wait(moving_clock, hours=25)
    assert request_state() == "overdue"
    assert waiting() == ["overdue"], "our own target, and no word of the law"
    assert Task.objects.get(state="waiting").urgency.law_ends_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    wait(moving_clock, hours=24)
    assert waiting() == ["term_over"], "the law's term takes the place of our target"
    assert happened().count("removal.overdue") == happened().count("removal.term_over") == 1
    passed = Event.objects.filter(name="deadlines.passed", facts__kind="remove").order_by("pk")
    assert [(event.facts["basis"], event.facts.get("pack")) for event in passed] == [
        ("policy", None),
        ("legal", "us"),
    ]


def test_a_term_of_two_hours_is_over_long_before_our_target_and_that_passes_without_a_second_task(
    asked: Callable[..., None], board: Board, moving_clock: time_machine.Traveller
) -> None:
    asked("in")
    board.known_answer = RECEIVED
    wait(moving_clock, hours=3)
    assert (request_state(), waiting()) == ("overdue", ["term_over"])
    wait(moving_clock, hours=24)
    assert waiting() == ["term_over"]


def test_what_we_saw_gone_in_time_meets_every_term(
    asked: Callable[..., None], board: Board, moving_clock: time_machine.Traveller
) -> None:
    board.sights = [Seen.GONE, Seen.GONE]
    asked("us", Answer(kind=AnswerKind.REMOVED, reference="r-1"))
    for _ in range(2):
        wait(moving_clock, seconds=5)
    assert request_state() == "verified"
    rows = Deadline.objects.filter(kind="remove").order_by("basis", "pack")
    assert [row.state for row in rows] == ["met", "met", "met"]


def test_a_refusal_ends_the_term_of_the_law_as_it_ends_our_target(
    asked: Callable[..., None], moving_clock: time_machine.Traveller
) -> None:
    asked("us", Answer(kind=AnswerKind.REFUSED, reason="not_convinced"))
    rows = Deadline.objects.filter(kind="remove").order_by("basis", "pack")
    assert [row.state for row in rows] == ["closed", "closed", "closed"]
    wait(moving_clock, hours=49)
    assert "removal.term_over" not in happened()


def waiting() -> list[str]:
    do_all_jobs()
    kinds = Task.objects.filter(state="waiting").exclude(kind__in=["review_late", "not_blocked"])
    return list(kinds.values_list("kind", flat=True))
