"""docs/law is printed from the packs, and says where nobody checked."""

import re

from haetae.law.countries import country_law, packs
from haetae.running.law_pages import pages
from tests.house.code import ROOT

FOLDER = ROOT / "docs" / "law"


def test_the_pages_are_what_the_packs_say() -> None:
    shown = {page.name: page.read_text(encoding="utf-8") for page in FOLDER.iterdir()}
    assert shown == pages(), "the packs have changed: run python -m haetae.running.law_pages"
    assert set(shown) == {"README.md", *(f"{pack_id}.md" for pack_id in packs())}


def test_what_nobody_checked_is_seen_in_its_row() -> None:
    for pack_id in packs():
        law, lines = country_law(pack_id), (FOLDER / f"{pack_id}.md").read_text(encoding="utf-8").splitlines()
        for fact in (*law.removal_duties, *law.sanctions, *law.procedures):
            (row,) = [line for line in lines if f"| {fact.words_en} |" in line]
            assert ("**not checked**" in row) == (not fact.verified), row


def test_korean_names_and_articles_stand_beside_the_english_ones() -> None:
    page = (FOLDER / "kr.md").read_text(encoding="utf-8")
    for words in (
        "방송미디어통신심의위원회",
        "「전기통신사업법」 제22조의5제1항",
        "Article 44-2(4)",
        "2025-10-01",
    ):
        assert words in page
    for line in page.splitlines():
        if line.startswith("| ") and "---" not in line:
            assert re.search("[가-힣A-Z`]", line)


def test_a_table_has_as_many_cells_in_every_row() -> None:
    for page in FOLDER.iterdir():
        for block in re.findall(r"(?:^\|.*\n)+", page.read_text(encoding="utf-8"), re.MULTILINE):
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(counts) == 1, (page.name, block[:80])
