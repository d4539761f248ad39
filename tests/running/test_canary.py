"""A thousand secrets go through whole cases, and nobody who has everything but the keys finds one of them."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

# One run, which several tests look at.
pytestmark = pytest.mark.xdist_group("canary")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.canary"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_a_thousand_secrets_were_told_and_none_is_found_anywhere(told: dict[str, Any]) -> None:
    assert told["planted"] >= 1_000
    assert told["verified_gone"], "the cases were whole ones"
    for page in ("/mine/new/", "/mine/", "/mine/talk/", "/mine/copy/", "/mine/proof/"):
        assert told["answers_to_forms"].get(f"200 {page}"), page
    for looked in told["searched"]:
        assert looked["hits"] == 0, (looked["what"], looked["forms"])
        assert looked["pieces"] > 0, looked["what"]


def test_the_search_finds_what_is_left_behind_on_purpose(told: dict[str, Any]) -> None:
    found = {looked["what"] for looked in told["control"] if looked["hits"]}
    assert found == {"every table", "journal (WAL)", "data files", "logs", "temporary files"}


def test_who_has_the_receipt_reads_everything_that_was_told(told: dict[str, Any]) -> None:
    by_field = told["by_field"]
    kept = ("text ", "message of ", "link, ")
    in_the_cases = sum(count for name, count in by_field.items() if name.startswith(kept))
    assert told["read_with_receipts"] >= in_the_cases * 0.9
    assert by_field["receipt, its words"] >= 8


def test_a_thief_with_database_and_configuration_opens_nothing(told: dict[str, Any]) -> None:
    nothing, own = told["theft"]["without a key service"], told["theft"]["with keys of their own"]
    assert nothing["starts"] is False
    assert "haetae keys" in nothing["words"]
    assert own["receipts_that_open"] == 0, "not even with the words of a receipt"
    assert {"arrival_report.link", "arrival_sighting.media_url", "support_case.key_for_custodian"} <= set(
        own["sealed"]
    )
    for column, counted in own["sealed"].items():
        assert counted["there"] > 0
        assert counted["opened"] == 0, column


def test_nobody_but_the_key_service_is_told_where_the_keys_are(told: dict[str, Any]) -> None:
    assert told["told_where_the_keys_are"] == []


def test_the_key_service_writes_down_each_case_that_was_opened(told: dict[str, Any]) -> None:
    assert set(told["log_of_the_keys"]) == {"case_opened"}
    assert told["log_of_the_keys"]["case_opened"] >= told["cases_opened_by_a_counsellor"] >= 8
    assert told["cases_opened_at_the_desk"] >= 1
