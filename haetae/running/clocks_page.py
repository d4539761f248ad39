"""Writes the table of docs/clocks.md anew from the code: `python -m haetae.running.clocks_page`."""

import os
from pathlib import Path

import django

from haetae.running.flow_page import with_blocks

PAGE = Path("docs/clocks.md")


def renewed(page: str) -> str:
    """The page with its table printed from the code and the packs."""
    from haetae.flow import clocks  # noqa: PLC0415 - after Django's setup

    return with_blocks(page, {"clocks": clocks.table}, where=PAGE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
