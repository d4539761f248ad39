"""Every value of every pack names its source, and what nobody could check says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from haetae.law.countries import country_law, packs
from haetae.law.facts import Role
from haetae.law.merging import merged
from haetae.law.packs import load_pack
from haetae.law.shipped import pack_texts
from tests.law.test_korean_pack import UNSOURCED, tables_with_values

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("pack_id", packs())
def test_every_value_names_a_listed_source_and_every_source_is_used(pack_id):
    raw = merged(pack_texts(pack_id), name=pack_id)
    sourced = [table for path, table in tables_with_values(raw) if path and path[0] not in UNSOURCED]
    assert {table["source"] for table in sourced} == set(raw["sources"])


@pytest.mark.parametrize("pack_id", packs())
def test_every_pack_has_a_regulator_a_duty_a_procedure_a_sanction_helplines_and_says_what_is_missing(pack_id):
    law = country_law(pack_id)
    assert law.agency(role=Role.REGULATOR, on=TODAY).name_ko
    assert law.removal_duty(TODAY)
    assert all([law.procedures, law.sanctions, law.helplines, law.gaps])


def every_text(node: Any) -> list[tuple[str, str]]:
    """Pairs of Korean and English that stand beside each other."""
    if isinstance(node, list):
        return [pair for inner in node for pair in every_text(inner)]
    if not isinstance(node, dict):
        return []
    names = [key.removesuffix("_ko") for key in node if key.endswith("_ko")]
    pairs = [(node[f"{name}_ko"], node[f"{name}_en"]) for name in names]
    return pairs + [pair for inner in node.values() for pair in every_text(inner)]


@pytest.mark.parametrize("pack_id", packs())
def test_korean_and_english_stand_beside_each_other(pack_id):
    pairs = every_text(merged(pack_texts(pack_id), name=pack_id))
    assert len(pairs) > 10
    for korean, english in pairs:
        assert korean.strip(), english
        assert english.strip(), korean


def test_what_was_only_heard_of_is_not_called_checked():
    unchecked = {
        "us": country_law("us").sanctions,  # the sum a violation
        "in": country_law("in").removal_duties[1::2],  # 2 and 3 hours
        "kr": [row for row in country_law("kr").sanctions if row.sanction_id == "crime_of_not_acting"],
    }
    for pack_id, facts in unchecked.items():
        assert facts, pack_id
        assert not any(fact.verified for fact in facts), pack_id
    assert not any(
        row.verified for row in country_law("kr").procedures if row.procedure_id == "large_provider_complaint"
    )


def test_twenty_four_hours_are_a_target_in_korea_and_law_nowhere_but_where_a_pack_says_so():
    law = country_law("kr")
    assert {duty.due_after for duty in law.removal_duties} == {None}
    assert not any(str(step.within) == "P1D" for row in law.procedures for step in row.steps if step.within)
    assert str(load_pack("kr").removal.target_removal) == "P1D"


def test_the_european_union_gives_no_hours():
    for step in country_law("eu").procedures[0].steps:
        assert step.within is None, step.step_id


def test_nothing_is_punished_or_taken_for_deeds_before_the_rule_began():
    for pack_id in packs():
        for offence in country_law(pack_id).offences:
            assert offence.valid_from is not None
            assert not offence.covers(offence.valid_from - timedelta(days=1))
    eve = date(2026, 5, 18)
    assert not any(sanction.covers(eve) for sanction in country_law("us").sanctions)


def test_a_surcharge_has_a_most_and_no_least_and_an_open_door_has_a_least_and_no_most():
    surcharge = next(row for row in country_law("kr").sanctions if row.sanction_id == "surcharge")
    assert (surcharge.min_percent, surcharge.max_percent) == (None, 3)
    complaint = country_law("eu").procedures[0].steps[-1]
    assert (str(complaint.at_least), complaint.longest) == ("P6M", None)
