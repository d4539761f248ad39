"""From what an operator answered to its statements of reasons, as the command line hands them out."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import time_machine
from board import Board
from doubt import HIDDEN, decide, see, unsure
from steps import found, wait
from typer.testing import CliRunner

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.cli import app
from haetae.connectors.base import Seen
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import Said, Way, Word
from haetae.operators.statements.queries import statements_of

pytestmark = pytest.mark.django_db
MakeKnown = Callable[..., None]
DAY = date(2026, 11, 22)


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def statements(export: Any) -> list[dict[str, Any]]:
    return [one for batch in export["batches"] for one in batch["statements"]]


def test_a_removal_becomes_one_statement_on_its_own_day_and_none_the_day_after(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    (one,) = statements(statements_of(operator, since=DAY))
    assert one["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert (one["content_date"], one["application_date"]) == ("2026-11-22", "2026-11-22")
    assert one["illegal_content_legal_ground"].startswith("Telecommunications Business Act")
    assert "board.example" not in json.dumps(one)
    assert statements(statements_of(operator, since=date(2026, 11, 23))) == []
    other = register_operator(name="Other", connector="sandbox", origin="https://o.example", actor=SYSTEM)
    assert statements(statements_of(other, since=DAY)) == []


def test_a_statement_is_the_same_whether_anybody_reported_it_and_by_whichever_right_it_was_asked(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    """The database is public, and whoever posted it gets the statement: it must not tell that somebody reported."""
    board.picture = coffee
    make_known(coffee)
    found()
    found_by_us = statements_of(operator, since=DAY)
    Assessment.objects.update(reported=True)
    DeletionRequest.objects.update(legal_basis="infringed_person_request")
    assert statements_of(operator, since=DAY) == found_by_us


def test_a_claim_that_we_saw_to_be_false_is_no_statement(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    board.picture, board.shown_now, board.sights = coffee, coffee, [Seen.LIVE] * 4
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert DeletionRequest.objects.get().state == "overdue"
    assert statements(statements_of(operator, since=DAY)) == []


def test_what_was_hidden_and_shown_again_is_one_statement_and_an_event_beside_it(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    unsure(board, coffee, make_known, answer=HIDDEN)
    see(moving_clock)
    decide(State.NOT_HARMFUL, Reason.LAWFUL)
    export = statements_of(operator, since=DAY)
    (one,) = statements(export)
    assert one["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert one["end_date_visibility_restriction"] == "2026-12-22"
    (event,) = export["extension"]["restored"]
    assert (event["puid"], event["restored_on"]) == (one["puid"], "2026-11-22")
    assert event["review_ref"] == export["extension"]["reviewed"][0]["review_ref"]


def test_a_decision_about_a_minor_is_told_under_the_protection_of_minors_alone(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    moving_clock: time_machine.Traveller,
) -> None:
    unsure(board, coffee, make_known, answer=HIDDEN)
    see(moving_clock)
    decide(State.REMOVE, Reason.MINOR)
    done = {one["decision_visibility"][0]: one for one in statements(statements_of(operator, since=DAY))}
    removed = done["DECISION_VISIBILITY_CONTENT_REMOVED"]
    for one in (removed, done["DECISION_VISIBILITY_CONTENT_DISABLED"]):
        assert one["category"] == "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
        assert one["category_specification"] == ["KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"]
    assert "A review commission had decided" in removed["decision_facts"]


def test_a_person_at_the_desk_decided_by_hand(
    board: Board, coffee: bytes, make_known: MakeKnown, operator: Operator
) -> None:
    unsure(board, coffee, make_known, answer=HIDDEN)
    take_answer(
        operator_id=operator.pk,
        request_id=DeletionRequest.objects.get().pk,
        said=Said(word=Word.REMOVED),
        way=Way.DESK,
    )
    done = statements(statements_of(operator, since=date(2026, 1, 1)))
    assert {one["automated_decision"] for one in done} == {"AUTOMATED_DECISION_NOT_AUTOMATED"}


def test_the_command_hands_out_the_export_or_says_what_is_wrong(
    board: Board,
    coffee: bytes,
    make_known: MakeKnown,
    operator: Operator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def here(**_: object) -> Iterator[None]:
        yield

    monkeypatch.setattr("haetae.running.installation.opened", here)
    monkeypatch.setattr("haetae.running.installation.migrate_if_empty", lambda _: None)
    monkeypatch.setattr("haetae.running.installation.django_ready", lambda _: None)
    board.picture = coffee
    make_known(coffee)
    found()
    command = ["operators", "statements", "--since", "2026-01-01", "--operator"]
    told = CliRunner().invoke(app, [*command, "Board", "--json"])
    assert (told.exit_code, len(statements(json.loads(told.output)))) == (0, 1)
    assert "1 statements in 1 batches" in CliRunner().invoke(app, [*command, "Board"]).output
    unknown = CliRunner().invoke(app, [*command, "Nobody"])
    assert unknown.exit_code == 3
    assert "No operator is registered as Nobody" in unknown.output
    assert (
        CliRunner()
        .invoke(app, ["operators", "statements", "--operator", "Board", "--since", "soon"])
        .exit_code
        == 2
    )
