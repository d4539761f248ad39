"""The table of permissions is true, and nothing is missing in it."""

import pytest

from haetae.accounts.permissions import AT_AN_OPERATOR, Permission, who_may
from haetae.web.access import Public, access_of
from haetae.web.sides.page import PAGE, renewed
from haetae.web.sides.table import routes, who
from haetae.web.sides.which import Side, side_at
from tests.house.code import ROOT, sources
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


def test_every_permission_is_held_by_a_role_and_asked_for_somewhere():
    """By the mark of an address, or by a rule behind one."""
    asked = "\n".join(path.read_text(encoding="utf-8") for path in sources() if path.name != "permissions.py")
    for permission in Permission:
        assert who_may(permission), permission
        assert f"Permission.{permission.name}" in asked, permission


def test_nothing_is_for_nobody():
    assert [route.name for route in routes() if route.who == "nobody"] == []


def test_pages_of_people_who_sign_in_lie_on_their_side_and_no_others_do():
    """A permission that only people at operators hold is asked for on their side, and every other on the console."""
    for route in routes():
        access, side = access_of(route.view), side_at(route.path)
        if isinstance(access, Permission):
            of_operators = set(who_may(access)) <= AT_AN_OPERATOR
            assert side is (Side.OPERATOR if of_operators else Side.CONSOLE), route.name
        elif "allauth" in route.who:
            assert side in {Side.CONSOLE, Side.OPERATOR}, route.path
        elif side is Side.CONSOLE:
            assert route.name in {"sign_in_once", "console_language"}


def test_no_role_at_an_operator_holds_a_permission_of_an_official():
    for permission in Permission:
        holders = set(who_may(permission))
        assert not holders & AT_AN_OPERATOR or holders <= AT_AN_OPERATOR, permission


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


def test_no_role_opens_an_address_that_decides_about_content_and_one_that_orders_or_fines():
    """Those who review never fine, and the regulator never decides about one content."""
    decides = {Permission.REVIEW_VOTE, Permission.REVIEW_PREPARE}
    fines = {Permission.ENFORCEMENT_PREPARE, Permission.ENFORCEMENT_SIGN}
    marks = {address.name: access_of(address.view) for address in every_address()}
    deciding = {name: mark for name, mark in marks.items() if mark in decides}
    fining = {name: mark for name, mark in marks.items() if mark in fines}
    assert {"console:vote", "console:recuse", "console:propose"} <= set(deciding)
    assert len(fining) > 5
    for decision in deciding.values():
        for fine in fining.values():
            assert not set(who_may(decision)) & set(who_may(fine)), (decision, fine)
