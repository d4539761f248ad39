"""The bar at the top: each section has a key of its own, and the list of keys names just what one may open."""

import re

import pytest

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.accounts.agencies import AgencyKey, roles_in
from haetae.accounts.models import Official
from haetae.accounts.permissions import GRANTS
from haetae.web.console.sections import SECTIONS
from haetae.web.templatetags import operator
from tests.people import POLICY_LEAD


@pytest.mark.parametrize("agency", AgencyKey)
def test_no_key_opens_two_sections_for_anybody_of_an_agency(agency) -> None:
    """There are more sections than letters; whoever sits in one agency, with whatever roles, meets each letter once."""
    held = frozenset().union(*(GRANTS[role] for role in roles_in(agency)))
    keys = [section.key for section in SECTIONS if section.needed in held]
    assert keys
    assert len(keys) == len(set(keys))


def test_no_key_opens_two_sections_of_an_operator() -> None:
    keys = [section.key for section in operator._SECTIONS]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_the_list_of_keys_names_every_section_that_one_may_open_and_no_other(regulator) -> None:
    page = regulator.get("/console/enforcement/").content.decode()
    bar = re.findall(r'data-key="(\w)"', page)
    assert "i" in bar
    assert "m" not in bar, "who sits where is the administrator's"
    assert re.findall(r"<kbd>g</kbd> <kbd>(\w)</kbd>", page) == bar


@pytest.mark.django_db
def test_nobody_is_met_by_a_refusal_when_they_come_in(visitor, policy_lead) -> None:
    """Whoever reads sums only is led to them, and not to a page of somebody else's work."""
    lead = Official.objects.get(username=POLICY_LEAD.name)
    browser = visitor()
    came = browser.post(f"/console/sign-in/once/{issue_one_time_sign_in(official=lead)}/")
    assert came.headers["Location"] == "/console/figures/"
    assert browser.get(came.headers["Location"]).status_code == 200
