"""Every page of ours reads as it was meant: tables hold together, and what is linked is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("training/**/*.md")])
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def lines_of(page: Path) -> list[tuple[int, str]]:
    """Numbered, without what stands between fences or as code."""
    found, is_fenced = [], False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            is_fenced = not is_fenced
        found.append((number, "" if is_fenced else re.sub(r"`[^`]*`", "", line)))
    return found


def anchors_of(page: Path) -> set[str]:
    heads = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", head.lstrip("#").strip().lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_row_of_a_table_has_as_many_cells_as_its_head(page: Path) -> None:
    cells = None
    for number, line in lines_of(page):
        if not line.startswith("|"):
            cells = None
            continue
        here = len(re.split(r"(?<!\\)\|", line.strip()))
        cells = cells or here
        assert here == cells, f"{page.relative_to(ROOT)}:{number} has {here - 2} cells, its head {cells - 2}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for number, line in lines_of(page):
        for target in _LINK.findall(line):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            there = (page.parent / path) if path else page
            assert there.exists(), f"{page.relative_to(ROOT)}:{number} links to {target}"
            if anchor and there.suffix == ".md":
                assert anchor in anchors_of(there), f"{page.relative_to(ROOT)}:{number} links to {target}"
