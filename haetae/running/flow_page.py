"""Writes the tables of docs/flow.md anew from the code: `python -m haetae.running.flow_page`."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import django

PAGE = Path("docs/flow.md")


def renewed(page: str) -> str:
    """The page with each block between `<!-- name -->` and `<!-- /name -->` printed from the code."""
    from haetae.flow import drawing  # noqa: PLC0415 - after Django's setup

    blocks: dict[str, Callable[[], Iterable[str]]] = {
        "steps": drawing.steps,
        "dues": drawing.dues,
        "ends": drawing.ends,
        "moves": drawing.moves,
    }
    for name, lines in blocks.items():
        body = "\n".join(lines()).strip()
        page, found = re.subn(
            rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)",
            lambda m: m[1] + body + m[2],
            page,
            flags=re.DOTALL,
        )
        if found != 1:
            raise ValueError(f"docs/flow.md needs exactly one block <!-- {name} --> ... <!-- /{name} -->")
    return page


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
