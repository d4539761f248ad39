"""What a deed is punished with: by its day, with the lower and the upper bound apart."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from haetae.law.packs import load_pack, read_pack
from haetae.law.person.facts import Offence, Reader, Shown
from haetae.law.person.penalties import offences_on
from haetae.law.table import PackError

CHANGED = date(2024, 10, 16)
EVE = CHANGED - timedelta(days=1)
TODAY = date(2026, 11, 26)


def offence(offence_id: str, *, on: date) -> Offence:
    (found,) = [row for row in offences_on(load_pack("kr").all_offences, on) if row.offence_id == offence_id]
    return found


@pytest.mark.parametrize(
    ("offence_id", "article", "least", "most", "fine_won"),
    [
        ("make", "14-2(1)", None, 7, 50_000_000),
        ("spread", "14-2(2)", None, 7, 50_000_000),
        ("spread_for_money", "14-2(3)", 3, None, None),
        ("keep", "14-2(4)", None, 3, 30_000_000),
        ("threaten", "14-3(1)", 1, None, None),
        ("force", "14-3(2)", 3, None, None),
        ("make_under_19", "11(1)", 5, None, None),
        ("sell_under_19", "11(2)", 5, None, None),
        ("spread_under_19", "11(3)", 3, None, None),
        ("keep_under_19", "11(5)", 1, None, None),
        ("threaten_under_19", "11-2(1)", 3, None, None),
        ("force_under_19", "11-2(2)", 5, None, None),
    ],
)
def test_each_bound_stands_on_its_own_side(offence_id, article, least, most, fine_won):
    """Press called the three and five years of article 11-2 a maximum: they are the least there is."""
    found = offence(offence_id, on=TODAY)
    assert (found.article, found.min_years, found.max_years) == (article, least, most)
    assert found.max_fine_won == fine_won
    assert found.life == (offence_id == "make_under_19")


def test_making_became_punishable_without_the_purpose_to_spread_on_one_day():
    before, after = offence("make", on=EVE), offence("make", on=CHANGED)
    assert (before.max_years, after.max_years) == (5, 7)
    assert before.only_if_en
    assert not after.only_if_en
    assert not before.verified, "the text of that time was not read"
    assert after.verified


def test_what_was_not_read_of_an_earlier_time_is_missing_and_not_filled_with_today():
    assert {
        row.offence_id for row in offences_on(load_pack("kr").all_offences, EVE) if row.shown is Shown.ANYONE
    } == {
        "make",
        "name_the_person",
    }
    assert offences_on(load_pack("kr").all_offences, date(2020, 6, 1)) == ()


def test_money_is_taken_only_for_deeds_since_the_rule_began():
    began = date(2025, 6, 21)
    for day, holds in ((began - timedelta(days=1), False), (began, True)):
        found = {rule.rule_id for rule in load_pack("kr").rules(Reader.PENALTIES, on=day)}
        assert ("confiscation" in found) == holds


def test_leniency_for_those_who_give_themselves_up_is_nowhere():
    """It was announced and not found in any statute."""
    said = " ".join(f"{rule.rule_id} {rule.words_en} {rule.words_ko}" for rule in load_pack("kr").all_rules)
    assert "자수" not in said
    assert "lenien" not in said


KR = {part.name: part.read_text(encoding="utf-8") for part in files("haetae.law").joinpath("kr").iterdir()}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("max_years = 7", "min_years = 9\nmax_years = 7", "min_years is above max_years"),
        ("min_years = 3\n", "", "say min_years, max_years or both"),
        ("max_years = 7", "max_years = 0", "must be a whole number from 1 to 50"),
        ("from = 2020-06-25\n", "", "key 'from' is missing"),
        ("to = 2024-10-15", "to = 2024-10-14", "'make' has a gap before 2024-10-16"),
        ("to = 2024-10-15", "to = 2024-10-16", "'make' overlaps another entry"),
        ('shown = "anyone"', 'shown = "adults"', "choose one of 'anyone', 'under_19'"),
    ],
)
def test_a_penalty_that_cannot_be_right_is_refused(old, new, sentence):
    text = KR["offences.toml"]
    assert old in text
    with pytest.raises(PackError, match=sentence):
        read_pack({**KR, "offences.toml": text.replace(old, new, 1)}, name="kr")
