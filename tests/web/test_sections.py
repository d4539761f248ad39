"""The bar at the top: each section has a key of its own, and the list of keys names just what one may open."""

import re

import pytest

from haetae.web.templatetags import console, operator


@pytest.mark.parametrize("sections", [console._SECTIONS, operator._SECTIONS], ids=["console", "operator"])
def test_no_key_opens_two_sections(sections) -> None:
    keys = [section.key for section in sections]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_the_list_of_keys_names_every_section_that_one_may_open_and_no_other(regulator) -> None:
    page = regulator.get("/console/enforcement/").content.decode()
    bar = re.findall(r'data-key="(\w)"', page)
    assert "i" in bar
    assert "m" not in bar, "who sits where is the administrator's"
    assert re.findall(r"<kbd>g</kbd> <kbd>(\w)</kbd>", page) == bar
