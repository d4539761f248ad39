"""Writes the tables of docs/flow.md anew from the code: `python -m haetae.running.flow_page`."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import django

PAGE = Path("docs/flow.md")


def renewed(page: str) -> str:
    """The page with its tables printed from the code."""
    from haetae.flow import drawing  # noqa: PLC0415 - after Django's setup

    blocks: dict[str, Callable[[], Iterable[str]]] = {
        "steps": drawing.steps,
        "dues": drawing.dues,
        "ends": drawing.ends,
        "moves": drawing.moves,
    }
    return with_blocks(page, blocks, where=PAGE)


def with_blocks(page: str, blocks: Mapping[str, Callable[[], Iterable[str]]], *, where: Path) -> str:
    """The page with what stands between `<!-- name -->` and `<!-- /name -->` written anew for each name."""
    for name, lines in blocks.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        block = re.compile(re.escape(opening) + ".*?" + re.escape(closing), re.DOTALL)
        printed = opening + "\n".join(lines()).strip() + "\n" + closing
        page, found = block.subn(lambda _, printed=printed: printed, page)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"{where} needs exactly one block <!-- {name} --> ... <!-- /{name} -->")
    return page


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
