"""The whole matrix, from the map of addresses: every role, every page of a side, no answer that is not expected."""

from datetime import date
from typing import Final

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.agencies import home_of
from haetae.accounts.permissions import AT_AN_OPERATOR, GRANTS, Permission, Role
from haetae.audit.actor import SYSTEM
from haetae.web.access import access_of
from haetae.web.sides.which import Side, side_at
from tests import people
from tests.web.addresses import every_address

pytestmark = pytest.mark.django_db
_ASKING: Final = [
    (address, permission)
    for address in every_address()
    if isinstance(permission := access_of(address.view), Permission)
]
# A page, another page to go to, nothing behind this number, or a button's address.
_OPEN: Final = frozenset({200, 204, 302, 404, 405})


@pytest.fixture
def browser_of(visitor, at_desk, board):
    """Somebody who holds this role and no other, signed in by their own door."""

    def signed_in(role: Role):
        if role in AT_AN_OPERATOR:
            return at_desk(people.MODERATOR, role, board)
        official = seat_official(
            username=people.STRANGER.name,
            role=role,
            agency=home_of(role),
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
        browser = visitor("en")
        browser.force_login(official)
        return browser

    return signed_in


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_may_and_nothing_else(browser_of, role, tried):
    browser, at_an_operator = browser_of(role), role in AT_AN_OPERATOR
    opened = 0
    for address, permission in _ASKING:
        if (side_at(address.path) is Side.OPERATOR) != at_an_operator:
            assert browser.get(address.path).status_code in {302, 403}, (
                f"{role} at {address.name}: other side"
            )
            continue
        status = browser.get(address.path).status_code
        if permission in GRANTS[role]:
            assert status in _OPEN, f"{role} at {address.name}: {status}"
            opened += 1
        else:
            assert status == 403, f"{role} at {address.name}: {status}"
            assert browser.post(address.path).status_code == 403, f"{role} posts to {address.name}"
    assert opened, f"{role} opens nothing at all"
    tried("roles x routes", len(_ASKING))
