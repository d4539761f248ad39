"""What is asked of an operator stands in one document: whole, the same in each attempt, or not sent at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from board import PAGE, Board
from doubt import SHOWN, decide, see, unsure, waiting_tasks
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import delegate_block, register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import Answer, AnswerKind, NoChannelError, UnreachableError
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.states import Depicted
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.notice.checking import why_not_this

pytestmark = pytest.mark.django_db
MakeKnown = Callable[..., None]
LOST = UnreachableError("network_timeout", "no answer in time", sent=True)


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def known_and_found(board: Board, picture: bytes, make_known: MakeKnown) -> None:
    board.picture = picture
    make_known(picture)
    found()


def test_an_operator_gets_a_whole_notice_and_its_channel_and_basis_are_kept(
    board: Board, coffee: bytes, make_known: MakeKnown, operator: Operator
) -> None:
    known_and_found(board, coffee, make_known)
    request, (order,) = DeletionRequest.objects.get(), board.orders
    notice = order.notice
    assert why_not_this(notice, checklist=["signature", "good_faith_statement", "contact"]) == []
    assert (notice["id"], notice["asked"], notice["recipient"]["name"]) == (
        str(request.key),
        "delete",
        "Board",
    )
    assert notice["legal_basis"]["id"] == request.legal_basis == "designated_body_request"
    assert notice["content"] == {
        "kind": "intimate_image_abuse",
        "manipulated": "unknown",
        "ground": "known_picture",
    }
    assert (notice["duty"]["jurisdiction"], notice["due"]["legal"]) == ("kr", None)
    assert Delivery.objects.get().channel == "sandbox"


def test_every_attempt_carries_the_same_notice_whatever_is_set_up_anew_in_between(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
    settings: Any,
) -> None:
    board.answers = [LOST, Answer(kind=AnswerKind.RECEIVED)]
    known_and_found(board, coffee, make_known)
    settings.AGENCY = replace(settings.AGENCY, name_en="Another name", mailbox="other@agency.example")
    Operator.objects.update(name="Renamed", jurisdiction="us")
    wait(moving_clock, minutes=1)
    first, second = board.orders
    assert first.notice == second.notice


def test_a_notice_that_lacks_something_is_not_sent_and_a_person_puts_it_right(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
    settings: Any,
) -> None:
    whole = settings.AGENCY
    settings.AGENCY = replace(whole, mailbox="")
    known_and_found(board, coffee, make_known)
    assert (board.orders, request_state(), waiting_tasks()) == ([], "undeliverable", ["notice_unfit"])
    assert Delivery.objects.get().attempts.get().outcome == "notice_lacks_contact"
    assert "delivery.unfit" in happened()
    assert not Deadline.objects.filter(kind="send_again").exists(), "trying again would change nothing"
    wait(moving_clock, hours=5)
    assert board.orders == []
    settings.AGENCY = whole
    task = Task.objects.get(kind="notice_unfit")
    finish_task(
        task_id=task.pk, outcome=Outcome.SEND_AGAIN, note="The mailbox is set up now.", official_id=uuid4()
    )
    do_all_jobs()
    assert len(board.orders) == 1
    assert board.orders[0].notice["issuer"]["mailbox"] == whole.mailbox


def test_a_basis_that_is_not_in_force_stops_the_notice_too(
    board: Board, coffee: bytes, make_known: MakeKnown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("haetae.flow.steps.asking.LEGAL_BASIS", "repealed")
    known_and_found(board, coffee, make_known)
    assert board.orders == []
    assert Delivery.objects.get().attempts.get().outcome == "notice_basis_not_in_force"


def test_an_american_operator_is_told_of_its_own_law_and_its_48_hours(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    Operator.objects.update(jurisdiction="us", zone="America/New_York")
    known_and_found(board, coffee, make_known)
    notice = board.orders[0].notice
    due = (clock.now() + timedelta(hours=48)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (notice["due"]["legal"], notice["due"]["zone"]) == (due, "America/New_York")
    assert notice["duty"]["copies"] == "identical"
    assert notice["signature"]["line"] == "/s/ Haetae demonstration agency"


def test_whom_a_law_does_not_bind_it_is_not_held_against(
    board: Board, coffee: bytes, make_known: MakeKnown, operator: Operator
) -> None:
    Operator.objects.update(jurisdiction="us", kind="search")
    known_and_found(board, coffee, make_known)
    assert "duty" not in board.orders[0].notice
    assert board.orders[0].notice["due"]["legal"] is None


def test_whoever_is_found_later_gets_a_notice_of_their_own(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    board.answers = [NoChannelError("no_channel", "nobody is registered")]
    known_and_found(board, coffee, make_known)
    assert board.orders[0].notice["recipient"]["name"] == "board.example"
    register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)
    do_all_jobs()
    assert board.orders[1].notice["recipient"]["name"] == "Board"


def test_that_it_may_be_a_child_is_told_and_nothing_of_who_said_so(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    board.picture = coffee
    make_known(coffee)
    receive_report(link=PAGE, form_key=uuid4(), depicted=Depicted.IN_MY_CARE)
    do_all_jobs()
    notice = board.orders[0].notice
    assert notice["content"]["minor_protected"] is True
    assert "report" not in str({name: part for name, part in notice.items() if name != "appeal"})


@pytest.mark.parametrize("reason", [Reason.MINOR, Reason.MANIPULATED, Reason.NO_CONSENT])
def test_a_decision_stands_in_the_notice_that_carries_it(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller, reason: Reason
) -> None:
    unsure(board, coffee, make_known)
    see(moving_clock)
    decide(State.BLOCK_ACCESS, reason)
    notice = board.orders[1].notice
    said = {"minor_protected": reason is Reason.MINOR, "manipulated": reason is Reason.MANIPULATED}
    assert (notice["asked"], notice["decision"]["ordered"]) == ("block_access", "block_access")
    assert notice["content"]["ground"] == "decided"
    assert notice["content"].get("minor_protected", False) is said["minor_protected"]
    assert (notice["content"]["manipulated"] == "yes") is said["manipulated"]
    assert ("forged or edited" in notice["explanation"]["en"]) is said["manipulated"]


def test_to_hide_and_to_show_again_are_documents_too(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    delegate_block(operator=operator, reference="agreement-1", since=clock.now().date(), actor=SYSTEM)
    unsure(board, coffee, make_known, answer=SHOWN)
    see(moving_clock)
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    hide, show = board.blocks[0].notice, board.restores[0].notice
    assert (hide["asked"], hide["content"]["ground"]) == ("block_for_now", "doubt")
    assert (show["asked"], show["content"]["ground"]) == ("restore", "not_harmful")
    assert [why_not_this(one, checklist=()) for one in (hide, show)] == [[], []]
    assert not {"good_faith"} & (hide.keys() | show.keys()), "nobody swears to what is in doubt"
