"""What a pack may not say: gaps, overlaps, targets dressed up as law, bounds that have changed places."""

import pytest

from haetae.law.countries import packs, read_country_law
from haetae.law.packs import read_pack
from haetae.law.shipped import home_packs, pack_texts
from haetae.law.table import PackError


def refused(pack_id: str, *, part: str, old: str, new: str) -> str:
    """The error for a shipped pack with the first `old` of one of its files replaced."""
    texts = pack_texts(pack_id)
    assert old in texts[part], f"{part} has no {old!r}"
    read = read_pack if pack_id in home_packs() else read_country_law
    with pytest.raises(PackError) as caught:
        read({**texts, part: texts[part].replace(old, new, 1)}, name=pack_id)
    return str(caught.value)


@pytest.mark.parametrize("pack_id", packs())
def test_the_packs_as_shipped_are_not_refused(pack_id):
    read = read_pack if pack_id in home_packs() else read_country_law
    assert read(pack_texts(pack_id), name=pack_id).pack_id == pack_id


def test_a_day_on_which_nobody_holds_a_role_is_a_hole():
    error = refused("kr", part="flow.toml", old="from = 2025-10-01", new="from = 2025-10-02")
    assert error == (
        "kr/flow.toml [[agencies]] number 2: 'regulator' has a gap before 2025-10-02: nothing holds from 2025-10-01;"
        " correct 'from' or 'to', or add what held between."
    )


def test_a_duty_to_remove_that_has_begun_covers_each_day():
    error = refused("uk", part="removal.toml", old="to = 2026-06-28", new="to = 2026-06-27")
    assert "uk/removal.toml [legal] [[removal]] number 2: 'request' has a gap before 2026-06-29" in error
    error = refused("in", part="removal.toml", old="to = 2026-02-19", new="to = 2026-02-20")
    assert "in/removal.toml [legal] [[removal]] number 2: 'request' overlaps another entry" in error


def test_a_duty_ends_only_where_the_pack_says_that_it_ends():
    begins = "from = 2026-05-19\n"
    error = refused("us", part="removal.toml", old=begins, new=f"{begins}to = 2027-01-01\n")
    assert "us/removal.toml [legal] [[removal]] number 1: nothing follows 'request' after 2027-01-01" in error
    assert "or ends = true if it is over" in error
    texts = pack_texts("us")
    over = texts["removal.toml"].replace(begins, f"{begins}to = 2027-01-01\nends = true\n", 1)
    law = read_country_law({**texts, "removal.toml": over}, name="us")
    assert str(law.removal_duties[0].valid_to) == "2027-01-01"
    error = refused("us", part="removal.toml", old=begins, new=f"{begins}ends = true\n")
    assert "'request' does not end here; remove ends = true" in error


@pytest.mark.parametrize(
    ("pack_id", "part", "old", "new", "sentence"),
    [
        (
            "us",
            "removal.toml",
            'starts_with = "valid_request"',
            'starts_with = "monday"',
            "us/removal.toml [legal] [[removal]] number 1: key 'starts_with' is 'monday'; choose one of",
        ),
        (
            "us",
            "removal.toml",
            'elements = ["signature", ',
            'elements = ["passport", ',
            "us/removal.toml [legal] [[removal]] number 1 [valid_request]: key 'elements' is 'passport'",
        ),
        (
            "us",
            "removal.toml",
            'scope = "identical"',
            'scope = "identical"\nmood = "calm"',
            "us/removal.toml [legal] [[removal]] number 1 [copies]: unknown key 'mood'",
        ),
        (
            "us",
            "removal.toml",
            'as_soon_as_possible = true\ndue_after = "PT48H"\n',
            "",
            "say when: as_soon_as_possible = true, or due_after, or both",
        ),
        (
            "us",
            "removal.toml",
            'article = "3(a)(3)"',
            'article = "section three"',
            "'section three' is not an article; write it like 16 or 20A(2)(a)",
        ),
        (
            "us",
            "removal.toml",
            'source = "tida"',
            'source = "known"',
            "source 'known' is background and makes no law; cite a statute",
        ),
        (
            "us",
            "pack.toml",
            'version = "undated"\nverified = false',
            'version = "undated"',
            "us/pack.toml [sources] [known]: background knowledge was never looked up; add verified = false",
        ),
        (
            "us",
            "pack.toml",
            "[sources.tida]",
            '[policy.removal]\ndue_after = "PT1H"\n\n[sources.tida]',
            "us/pack.toml: unknown key 'policy'; remove it",
        ),
        (
            "us",
            "provisions.toml",
            'max_fine = "USD 53088"',
            'min_fine = "USD 60000"\nmax_fine = "USD 53088"',
            "us/provisions.toml [legal] [[sanctions]] number 1: min_fine is above max_fine",
        ),
        (
            "us",
            "provisions.toml",
            'max_fine = "USD 53088"',
            'min_fine = "EUR 5"\nmax_fine = "USD 53088"',
            "min_fine and max_fine are in two currencies; use one",
        ),
        (
            "us",
            "provisions.toml",
            'max_fine = "USD 53088"',
            "",
            "say how much: a sum, a share, years or how long",
        ),
        (
            "us",
            "provisions.toml",
            'max_fine = "USD 53088"',
            'max_fine = "$53,088"',
            "key 'max_fine': '$53,088' is no sum of money; write it like 'KRW 50000000'",
        ),
        ("us", "provisions.toml", "max_months = 18", "max_months = 18\nmax_years = 2", "not in both"),
        (
            "eu",
            "provisions.toml",
            "max_percent = 6",
            "min_percent = 7\nmax_percent = 6",
            "eu/provisions.toml [legal] [[sanctions]] number 1: min_percent is above max_percent",
        ),
        ("eu", "provisions.toml", "max_percent = 6", "max_percent = 600", "a whole number from 1 to 100"),
        (
            "uk",
            "provisions.toml",
            'percent_of_en = "qualifying worldwide revenue"\n',
            "",
            "a share is a share of something; add percent_of_ko and percent_of_en",
        ),
        (
            "kr",
            "sanctions.toml",
            "max_years = 3",
            "min_years = 4\nmax_years = 3",
            "kr/sanctions.toml [legal] [[sanctions]] number 4: min_years is above max_years",
        ),
        (
            "kr",
            "sanctions.toml",
            'due_on = "01-31"',
            'due_on = "13-31"',
            "'13-31' is no day of a year; write it like 01-31",
        ),
        (
            "kr",
            "procedures.toml",
            'within = "P7D"',
            'within = "7 days"',
            "kr/procedures.toml [legal] [[procedures]] number 3 [[steps]] number 2: key 'within': '7 days'",
        ),
        (
            "kr",
            "procedures.toml",
            'by = "anyone"',
            'by = "somebody"',
            "key 'by' is 'somebody'; choose one of 'person', 'anyone'",
        ),
        (
            "kr",
            "gaps.toml",
            'about = "removal"\n',
            "",
            "kr/gaps.toml [[gaps]] number 1: key 'about' is missing; add it",
        ),
    ],
)
def test_each_fault_names_its_file_its_place_and_the_way_out(pack_id, part, old, new, sentence):
    assert sentence in refused(pack_id, part=part, old=old, new=new)
