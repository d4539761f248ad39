"""Writes the tables of docs/permissions.md anew from the code: `python -m haetae.web.sides.page`."""

import os
from pathlib import Path

import django

from haetae.running.flow_page import with_blocks

PAGE = Path("docs/permissions.md")


def renewed(page: str) -> str:
    """The page with each table printed from the code."""
    from haetae.web.sides import table  # noqa: PLC0415 - after Django's setup

    return with_blocks(page, {"roles": table.roles, "routes": table.addresses}, where=PAGE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
