"""The table of permissions is true, and nothing is missing in it."""

import pytest

from haetae.accounts.permissions import Permission, who_may
from haetae.web.access import Public, access_of
from haetae.web.sides.page import PAGE, renewed
from haetae.web.sides.table import routes, who
from haetae.web.sides.which import Side, side_at
from tests.house.code import ROOT
from tests.web.addresses import Address, every_address

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_FORM = "application/x-www-form-urlencoded"
_BY_NAME = {route.name: route for route in routes()}


def _fixed_and_open() -> list[Address]:
    """Addresses where a wrong method is refused to everybody, with something else than a question who asks."""
    found = [address for address in every_address() if access_of(address.view) is Public.PUBLIC]
    return [address for address in found if _BY_NAME[address.name].methods]


def test_the_page_is_printed_from_the_code():
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m haetae.web.sides.page"


def test_every_address_of_the_map_has_its_line_on_the_page():
    """The map is walked by other code than that which prints the table."""
    page = (ROOT / PAGE).read_text(encoding="utf-8").split("<!-- routes -->")[1]
    assert {address.name for address in every_address()} == set(_BY_NAME)
    for route in routes():
        assert page.count(f"| `{route.path}` |") == 1, route.name


def test_every_permission_is_asked_for_somewhere_or_within_another_view():
    marked = {access_of(address.view) for address in every_address()}
    within = {Permission.BLOCK_END}  # asked inside the form that ends a task
    assert set(Permission) - marked <= within
    assert all(who_may(permission) for permission in Permission)


def test_nothing_is_for_nobody():
    assert [route.name for route in routes() if route.who == "nobody"] == []


def test_officials_pages_lie_on_the_console_and_no_others_do():
    for route in routes():
        of_officials = isinstance(access_of(route.view), Permission) or "allauth" in route.who
        on_console = side_at(route.path) is Side.CONSOLE
        assert of_officials <= on_console, route.name
        if on_console and not of_officials:
            assert route.name in {"sign_in_once", "console_language"}


def test_a_mark_that_nobody_explained_cannot_be_printed():
    with pytest.raises(KeyError):
        who(object(), name="portal:somewhere")


@pytest.mark.django_db
@pytest.mark.parametrize("address", _fixed_and_open(), ids=lambda address: address.name)
def test_the_methods_of_the_table_are_those_that_are_answered(visitor, address):
    listed = set(_BY_NAME[address.name].methods)
    for method in _METHODS:
        answer = visitor("en").generic(method, address.path, b"x=y", content_type=_FORM)
        assert (answer.status_code == 405) == (method not in listed), (method, answer.status_code)


@pytest.mark.django_db
def test_the_methods_of_the_console_are_true_too(everywhere):
    for route in routes():
        if not route.name.startswith("console:"):
            continue
        path = next(address.path for address in every_address() if address.name == route.name)
        for method in _METHODS:
            refused = everywhere.generic(method, path, b"x=y", content_type=_FORM).status_code == 405
            assert refused == (method not in route.methods), (route.name, method)
