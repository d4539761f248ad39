"""`haetae law on DATE --pack P`: all that held on a day, and a way out where there is none."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from haetae.cli import app
from haetae.law.countries import packs


def told(day: str, pack_id: str) -> dict:
    result = CliRunner().invoke(app, ["law", "on", day, "--pack", pack_id, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize("pack_id", packs())
def test_every_value_comes_with_its_source_and_whether_it_was_checked(pack_id):
    found = told("2026-11-26", pack_id)
    assert (found["pack"], found["on"]) == (pack_id, "2026-11-26")
    facts = [fact for part in found.values() if isinstance(part, list) for fact in part]
    sourced = [fact for fact in facts if "about" not in fact]
    assert len(sourced) > 5
    for fact in sourced:
        assert fact["source"]["title_en"]
        assert isinstance(fact["verified"], bool)
    for part in ("removal", "procedures", "offences", "sanctions", "records", "transparency"):
        for fact in found[part]:
            assert fact["citation_ko"].startswith("「")
            assert fact["from"] is None or fact["from"] <= "2026-11-26"


def test_forty_eight_hours_hold_in_the_united_states_from_their_day():
    (duty,) = told("2026-05-19", "us")["removal"]
    assert (duty["due_after"], duty["starts_with"], duty["reaches"]["scope"]) == (
        "PT48H",
        "valid_request",
        "identical",
    )
    before = told("2026-05-18", "us")
    assert before["removal"] == before["sanctions"] == []
    assert before["offences"], "the crime is older than the platforms' duty"


def test_the_home_country_tells_its_targets_apart_from_its_law():
    found = told("2026-11-26", "kr")
    (duty,) = found["removal"]
    assert duty["due_after"] is None
    assert duty["as_soon_as_possible"]
    assert not duty["verified"]
    assert found["targets"]["removal"]["due_after"] == "PT24H"
    assert found["targets"]["removal"]["source"]["kind"] == "news"
    assert {basis["basis_id"] for basis in found["bases"]} > {"operator_duty", "police_request"}
    assert "targets" not in told("2026-11-26", "us")


def test_agencies_and_bases_are_those_of_the_day():
    then, now = told("2025-06-03", "kr"), told("2026-11-26", "kr")
    for found, name in ((then, "방송통신위원회"), (now, "방송미디어통신위원회")):
        (regulator,) = [agency for agency in found["agencies"] if agency["role"] == "regulator"]
        assert regulator["name_ko"] == name
    assert "police_request" not in {basis["basis_id"] for basis in then["bases"]}


def test_people_read_a_table_in_which_what_is_not_checked_is_seen():
    result = CliRunner().invoke(app, ["law", "on", "2026-11-26", "--pack", "us"], env={"COLUMNS": "240"})
    assert result.exit_code == 0
    text = result.output
    for words in (
        "United States on 2026-11-26",
        "within 48 hours",
        "USD 53,088",
        "NOT CHECKED",
        "Missing (appeal)",
    ):
        assert words in text, words
    assert "shown is: adult" in text


def test_the_installations_own_pack_is_read_unless_told_otherwise():
    result = CliRunner().invoke(app, ["law", "on", "2026-11-26", "--json"])
    assert json.loads(result.output)["pack"] == "kr"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["2026-13-01"], "'2026-13-01' is no day of the calendar; write it like 2026-11-26."),
        (["yesterday", "--json"], "'yesterday' is no day of the calendar"),
        (["2026-11-26", "--pack", "fr"], "There is no pack 'fr'; the packs here are au, eu, in, kr, uk, us."),
        (["2026-11-26", "--pack", "../kr", "--json"], "There is no pack '../kr'"),
    ],
)
def test_no_such_day_or_pack_ends_with_2_and_names_the_way_out(arguments, sentence):
    result = CliRunner().invoke(app, ["law", "on", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert sentence in " ".join(result.output.replace("│", " ").split())


def test_every_day_there_ever_was_can_be_asked_for():
    for day in (date.min, date.max):
        assert told(day.isoformat(), "kr")["on"] == day.isoformat()


def penalties(*arguments: str) -> dict:
    result = CliRunner().invoke(app, ["law", "penalties", "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_penalties_are_those_of_the_day_of_the_deed_with_both_bounds_apart():
    before, after = (penalties("--on", day) for day in ("2024-10-15", "2024-10-16"))
    make = [next(one for one in told["offences"] if one["offence_id"] == "make") for told in (before, after)]
    assert [(one["least_months"], one["most_months"]) for one in make] == [(None, 60), (None, 84)]
    assert [one["verified"] for one in make] == [False, True]
    assert {one["verdict"] for one in after["plan"]} >= {"least_told_as_most", "not_enacted"}
    assert [gap["about"] for gap in after["gaps"]] == ["self_report"]


def test_another_countrys_penalties_come_without_our_plan():
    told = penalties("--on", "2026-11-26", "--pack", "us")
    assert told["offences"]
    assert told["plan"] == told["rules"] == []


@pytest.mark.parametrize("arguments", [["--on", "yesterday"], ["--on", "2026-11-26", "--pack", "xx"], []])
def test_penalties_of_no_day_or_no_pack_end_with_2(arguments):
    result = CliRunner().invoke(app, ["law", "penalties", *arguments])
    assert result.exit_code == 2
