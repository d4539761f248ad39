"""A pack with a fault is refused, and the error names the place."""

from importlib.resources import files

import pytest

from haetae.law.packs import load_pack, read_pack
from haetae.law.table import PackError

KR = {
    part.name: part.read_text(encoding="utf-8")
    for part in files("haetae.law").joinpath("kr").iterdir()
    if part.name.endswith(".toml")
}


def refused(*, old: str, new: str) -> str:
    """The error for the Korean pack with its first `old` replaced by `new`, in the one file that has it."""
    first = next(name for name in ("pack.toml", "flow.toml", *sorted(KR)) if old in KR[name])
    with pytest.raises(PackError) as caught:
        read_pack({**KR, first: KR[first].replace(old, new, 1)}, name="kr")
    return str(caught.value)


def test_the_pack_as_shipped_is_not_refused() -> None:
    assert read_pack(KR, name="kr") == load_pack("kr")


def test_an_unknown_key_is_named_with_its_place() -> None:
    error = refused(old='use = "support"', new='use = "support"\nmood = "calm"')
    assert error == (
        "kr/helplines.toml [[helplines]] number 1: unknown key 'mood'; remove it or correct its spelling."
    )
    assert "kr/pack.toml: unknown key 'colour'" in refused(
        old='pack = "kr"', new='pack = "kr"\ncolour = "blue"'
    )
    assert "kr/removal.toml [legal]: unknown key 'hours'" in refused(
        old="[[legal.removal]]", new="[legal]\nhours = 24\n[[legal.removal]]"
    )


def test_no_kind_of_value_may_lose_its_source() -> None:
    tried: set[str] = set()
    for name, text in KR.items():
        lines, kind = text.splitlines(), ""
        for number, line in enumerate(lines):
            kind = line if line.startswith("[") else kind
            if not line.startswith("source = ") or kind in tried:
                continue
            tried.add(kind)
            without = "\n".join(lines[:number] + lines[number + 1 :])
            with pytest.raises(PackError, match="key 'source' is missing"):
                read_pack({**KR, name: without}, name="kr")
    assert len(tried) >= 25


def test_nothing_may_be_said_in_two_files() -> None:
    twice = '[sources.ict]\nkind = "statute"\n'
    with pytest.raises(PackError, match=r"kr: retention\.toml says \[sources\] \[ict\] 'kind' once more"):
        read_pack({**KR, "retention.toml": twice + KR["retention.toml"]}, name="kr")


def test_a_source_that_is_not_listed_is_refused() -> None:
    error = refused(old='source = "ict"', new='source = "hearsay"')
    assert "source 'hearsay' is not listed; add it under [sources]" in error


def test_a_target_cannot_dress_up_as_law() -> None:
    block = 'maximum = "P30D"\narticle = "44-2(4)"\nsource = '
    error = refused(old=f'{block}"ict"', new=f'{block}"haetae"')
    assert "[provisional_block]: source 'haetae' is house and makes no law" in error


def test_law_cannot_hide_among_the_targets() -> None:
    error = refused(
        old='due_after = "PT24H"\nsource = "government_plan"', new='due_after = "PT24H"\nsource = "tba"'
    )
    assert "[policy] [removal] [removal]: source 'tba' is law" in error


def test_a_legal_deadline_has_to_say_when() -> None:
    assert "as_soon_as_possible = true, or due_after" in refused(
        old="as_soon_as_possible = true\nstarts_with", new="starts_with"
    )


def test_two_agencies_cannot_hold_one_role_on_one_day() -> None:
    error = refused(old="from = 2025-10-01", new="from = 2025-09-30")
    assert "[[agencies]] number 2: 'regulator' overlaps another entry" in error


def test_an_agency_without_an_end_overlaps_its_successor() -> None:
    assert "'prosecutor' overlaps" in refused(old="to = 2026-10-01\n", new="")


def test_an_entry_cannot_end_before_it_begins() -> None:
    error = refused(old="from = 2025-06-04", new="from = 2025-06-04\nto = 2025-06-03")
    assert "'police_request' ends on 2025-06-03 before it begins on 2025-06-04" in error


def test_knowledge_nobody_looked_up_cannot_be_verified() -> None:
    error = refused(old='version = "undated"\nverified = false', new='version = "undated"')
    assert "[sources] [background]: background knowledge was never looked up" in error


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('maximum = "P30D"', 'maximum = "30 days"', "key 'maximum': '30 days' is not a duration"),
        ('maximum = "P30D"', "", "key 'maximum' is missing"),
        ('article = "44-2(4)"', 'article = "Section 4"', "key 'article': 'Section 4' is not an article"),
        ("from = 2025-06-04", 'from = "2025-06-04"', "key 'from' must be a date without quotes"),
        ("version = 2026-10-02", "version = 2026-10-02T00:00:00", "key 'version' must be a date"),
        ("as_soon_as_possible = true", "as_soon_as_possible = 1", "must be true or false"),
        ('role = "police"', 'role = "sheriff"', "key 'role' is 'sheriff'; choose one of 'regulator'"),
        ('"PT1M", "PT10M"', '"PT10M", "PT1M"', "key 'unknown_look_again' must rise"),
        ('"PT1M", "PT10M"', '"PT1M", "P1M"', "must count in days or less"),
        ('zone = "Asia/Seoul"', 'zone = "Asia/Atlantis"', "'Asia/Atlantis' is no known time zone"),
        ('zone = "Asia/Seoul"', 'zone = "../Seoul"', "is no known time zone"),
        ('name_ko = "경찰청"', 'name_ko = "  "', "key 'name_ko' must be a text that is not empty"),
        ("[policy.probes]", "[policy.probing]", "table [probes] is missing"),
        ('pack = "kr"', "pack = ", "kr: pack.toml is not valid TOML"),
    ],
)
def test_each_fault_is_told_in_a_sentence(old: str, new: str, sentence: str) -> None:
    assert sentence in refused(old=old, new=new)


@pytest.mark.parametrize("jurisdiction", ["xx", "", "../law/kr", "/etc/passwd", "kr.toml", "abroad"])
def test_only_a_shipped_pack_is_ever_opened(jurisdiction: str) -> None:
    with pytest.raises(PackError, match=r"an installation can run under kr\."):
        load_pack(jurisdiction)
