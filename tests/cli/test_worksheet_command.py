"""`haetae enforcement worksheet`: what the record proposes, and what it says where there is no evidence."""

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from haetae.agencies.enforcement.sanctions.worksheet import paper
from haetae.cli import app
from haetae.running import installation
from tests.enforcement import lied, operator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(installation, "opened", lambda **_: nullcontext())
    for step in ("migrate_if_empty", "django_ready"):
        monkeypatch.setattr(installation, step, lambda _here: None)


def run(*words: str):
    return CliRunner().invoke(app, ["enforcement", "worksheet", *words])


def test_the_record_proposes_a_sheet_that_can_be_worked_out_again() -> None:
    board = operator()
    request_id = lied(board, 1)
    answer = run("board", "--json", "--revenue", "9000000000", "--gain", "middle")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)["worksheet"]
    sheet = paper.read(json.dumps(told))
    assert sheet.amount == told["amount"] > 0
    judged = {one["factor"]: one for one in told["surcharge"]["facts"]["judged"]}
    assert judged["requests"]["evidence"] == [str(request_id)]
    assert judged["harm"]["level"] == "middle"
    assert "not verified" in run("board").stdout


def test_without_evidence_nothing_is_proposed_and_a_stranger_is_not_known() -> None:
    operator()
    answer = run("board")
    assert answer.exit_code == 4
    assert "without evidence no sum is proposed" in answer.stderr
    assert run("nobody").exit_code == 3
