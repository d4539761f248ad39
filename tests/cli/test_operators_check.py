"""`haetae operators check`: who can be reached, how, and what the way itself says of that."""

import json
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from typer.testing import CliRunner

from haetae.accounts.actions import declare_upload_check, register_operator
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.cli import app
from haetae.connectors.registry import WAYS
from haetae.running import installation
from haetae.running.operators import checked

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:1"  # where nothing listens


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in the database of the test, on a wide screen."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(installation, "opened", nullcontext)
    for step in ("migrate_if_empty", "django_ready"):
        monkeypatch.setattr(installation, step, lambda _here: None)


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def front_page() -> Iterator[str]:
    """Somebody's front page, which answers."""
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def register(name: str, connector: str, origin: str) -> Operator:
    return register_operator(name=name, connector=connector, origin=origin, actor=SYSTEM)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["operators", "check", *words])
    return result.exit_code, result.output


def test_nobody_registered_is_no_failure_and_says_how_to_register() -> None:
    assert run("--json") == (0, '{"operators": [], "passed": true}\n')
    assert "`haetae operator` registers one" in run()[1]
    code, words = run("Board")
    assert code == 2
    assert "No operator of the name Board" in words.replace("\n", " ")


def test_each_way_says_what_it_can_carry_and_whether_it_works_and_one_that_fails_is_exit_1(
    front_page: str,
) -> None:
    register("Answers", "web_page", front_page)
    assert run("--json")[0] == 0
    silent = register("Silent", "sandbox", NOBODY)
    declare_upload_check(operator=silent, when_down=WhenWeAreDown.CLOSED, actor=SYSTEM)
    code, printed = run("--json")
    told = json.loads(printed)
    answers, fails = told["operators"]
    assert (code, told["passed"], answers["passed"], fails["passed"]) == (1, False, True, False)
    assert answers["checks"] == [{"code": "front_page", "passed": True, "words": "It answers 200."}]
    assert (answers["capabilities"], answers["detector_down"]) == (["find", "look"], "not_concerned")
    assert {"ask", "block", "restore", "status"} <= set(fails["capabilities"])
    assert (fails["detector_down"], fails["declared_when_down"]) == ("as_declared", "closed")
    assert (fails["kind"], fails["jurisdiction"], fails["zone"]) == ("platform", "kr", "Asia/Seoul")
    assert [check["passed"] for check in fails["checks"]] == [False] * len(fails["checks"])
    assert run("Answers", "--json")[0] == 0, "of one alone"
    assert "closed, as it has declared" in run()[1]


def test_a_way_that_there_is_not_and_a_self_test_at_fault_are_failures_and_hide_nobody(
    front_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("A fax", "fax", "https://fax.example")
    register("Answers", "web_page", front_page)
    register("At fault", "sandbox", NOBODY)
    monkeypatch.setattr(WAYS["sandbox"], "self_test", lambda _self: 1 / 0)
    fax, answers, fault = checked()
    assert [(check["code"], check["passed"]) for check in (fax["checks"] + fault["checks"])] == [
        ("connector", False),
        ("self_test", False),
    ]
    assert "the ways are" in fax["checks"][0]["words"]
    assert "ZeroDivisionError" in fault["checks"][0]["words"]
    assert answers["passed"]
