"""`haetae review queue`: what waits, in its order, without an address or a name."""

import json
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from haetae.cli import app
from haetae.flow.review.commission.actions import propose
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.running import installation
from tests import people
from tests.commission import STATEMENT, leave_out_hearing, seat, seat_commission
from tests.web import sightings


@pytest.fixture
def here(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in the installation of the tests, which runs already."""
    monkeypatch.setattr(installation, "opened", lambda **_: nullcontext(SimpleNamespace()))
    for step in ("migrate_if_empty", "django_ready"):
        monkeypatch.setattr(installation, step, lambda _: None)


def told(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["review", "queue", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


def test_it_tells_the_order_the_quorum_and_the_votes_and_no_address(here: None) -> None:
    first, second = sightings.contested(1), sightings.contested(2)
    for member in seat_commission():
        assert member.username not in told()
    leave_out_hearing(first)
    propose(
        review_id=first, official_id=first, decision=State.REMOVE, reason=Reason.MINOR, statement=STATEMENT
    )
    output = told("--json")
    found = json.loads(output)
    assert [one["review"] for one in found["waiting"]] == [str(first), str(second)]
    commission = {key: value for key, value in found["commission"].items() if key != "on"}
    assert commission == {
        "seats": 9, "seated": 5, "needed": 5, "quorum": True, "without_quorum_since": None,
    }  # fmt: skip
    one = found["waiting"][0]
    assert (one["because"], one["state"], one["hearing"], one["votes"]) == ("unsure", "open", "settled", 0)
    assert one["proposal"] == {"decision": "remove", "reason": "minor"}
    assert (one["block"], one["standing"], one["may_still_vote"]) == ("claimed", "open", 5)
    assert one["block_ends"] > one["decide_by"] > one["waiting_since"]
    assert found["waiting"][1]["hearing"] == "not_heard"
    for secret in ("board.example", "media/1.jpg", STATEMENT, people.CHAIR.name, people.REVIEWER.name):
        assert secret not in output
    table = told()
    assert table.index(str(first)[:8]) < table.index(str(second)[:8])
    assert "0 of 5" in table


def test_without_a_quorum_it_says_so_first(here: None) -> None:
    assert "Nothing waits for a decision." in told()
    seat(people.CHAIR)
    sightings.contested(1)
    assert told().startswith("NO QUORUM: 1 of 9 seats are filled, 5 must agree. Nothing is decided")
    assert json.loads(told("--json"))["waiting"][0]["standing"] == "no_quorum"
