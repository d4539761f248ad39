"""Habits that hold for every address there is, and for every one that somebody adds."""

import re
from datetime import date
from typing import ClassVar

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from haetae.accounts.models import Seat
from haetae.accounts.permissions import GRANTS, Permission, Role
from haetae.web import urls
from haetae.web.access import access_of
from haetae.web.sides.which import Side, side_at
from tests import people
from tests.security.closed import CHECKS, drop, why_open
from tests.web.addresses import every_address

pytestmark = pytest.mark.django_db
# Addresses that ask for a permission, and the side of each.
_ASKING = [
    (address, side_at(address.path))
    for address in every_address()
    if isinstance(access_of(address.view), Permission)
]
_FORBIDDEN_WORDS = re.compile(
    r"deepfake|abuse|victim|sex|porn|report|nude|ncii|딥페이크|피해|성범죄|신고|성착취|불법촬영|유포",
    re.IGNORECASE,
)


def unmarked(_request):
    return HttpResponse("open to everybody by mistake")


class UnmarkedIncluded:
    """The real map and one view that somebody forgot to mark."""

    urlpatterns: ClassVar = [*urls.urlpatterns, path("forgotten/", unmarked, name="forgotten")]
    handler403 = urls.handler403


def test_every_view_is_marked_or_belongs_to_the_sign_in():
    for address in every_address():
        of_sign_in = address.name.startswith(("account_", "mfa_"))
        assert of_sign_in or access_of(address.view) is not None, f"{address.name} carries no mark"
        assert not of_sign_in or address.view.__module__.startswith("allauth."), address.name


def test_a_view_without_a_mark_is_opened_by_nobody(settings, control_room):
    settings.ROOT_URLCONF = UnmarkedIncluded
    answer = control_room.get("/forgotten/")
    assert answer.status_code == 403
    assert b"by mistake" not in answer.content


def test_headers_close_what_is_not_needed_on_every_answer(visitor, tried):
    paths = [address.path for address in every_address()]
    for where in [*paths, "/nowhere/", "/static/haetae/base.css", "/static/nowhere.css"]:
        answer = visitor().get(where)
        assert answer.status_code < 500, where
        _is_closed(answer, where)
        is_the_same_for_all = where in {"/static/haetae/base.css", "/api/operators/v1/notice-1.schema.json"}
        assert ("no-store" in answer.headers["Cache-Control"]) != is_the_same_for_all, where
        drop(answer)
    tried(f"headers: addresses, {CHECKS} checks each", len(paths) + 3)


@pytest.mark.parametrize(
    ("status", "call"),
    [
        (413, {"path": "/link/", "CONTENT_LENGTH": str(50_000_000)}),
        (411, {"path": "/link/", "CONTENT_LENGTH": ""}),
        (400, {"path": "/link/", "CONTENT_LENGTH": "12, 7"}),
        (400, {"path": "/", "HTTP_HOST": "elsewhere.example"}),
        (405, {"path": "/"}),
    ],
)
def test_headers_are_there_on_refusals_too(visitor, status, call):
    answer = visitor().post(call.pop("path"), **call)
    assert answer.status_code == status
    _is_closed(answer, str(status))
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stranger_gets_no_further_than_the_sign_in(visitor):
    assert {side for _, side in _ASKING} == {Side.CONSOLE, Side.OPERATOR}
    for address, side in _ASKING:
        answer = visitor().get(address.path)
        assert answer.status_code == 302, address.name
        assert answer.headers["Location"].startswith(f"/{side}/sign-in/?next=")


def test_a_form_is_refused_from_strangers_and_from_the_wrong_role_also_when_it_is_posted_directly(
    visitor, officer, reviewer, policy_lead, moderator, at_desk, board
):
    wrong = {Role.POLICE_OFFICER: visitor("en"), Role.REVIEWER: visitor("en")}
    wrong[Role.POLICE_OFFICER].force_login(officer)
    wrong[Role.REVIEWER].force_login(reviewer)
    wrong[Role.POLICY_LEAD] = policy_lead
    left = at_desk(people.RIVAL, Role.OPERATOR_MODERATOR, board)
    Seat.objects.filter(official__username=people.RIVAL.name).update(until=date(2026, 2, 1))
    for address, side in _ASKING:
        assert visitor().post(address.path).status_code == 302, address.name
        if side is Side.CONSOLE:
            without = [wrong[role] for role in wrong if access_of(address.view) not in GRANTS[role]]
        else:
            may_not = access_of(address.view) not in GRANTS[Role.OPERATOR_MODERATOR]
            without = [left, moderator] if may_not else [left]
        assert without, address.name
        for browser in without:
            for ask in (browser.get, browser.post):
                assert ask(address.path).status_code == 403, address.name


def test_a_decision_without_its_form_token_is_refused(visitor, reviewer):
    browser = visitor("en", strict=True)
    browser.force_login(reviewer)
    names = {"console:propose", "console:finish", "console:look", "console:say"}
    forms = [address.path for address in every_address() if address.name in names]
    assert len(forms) == len(names)
    for where in forms:
        answer = browser.post(where, {"statement": "x" * 20})
        assert answer.status_code == 403
        assert "The form was not taken." in answer.content.decode()


def test_no_page_holds_a_picture_an_inline_style_or_an_inline_script(visitor, control_room, administrator):
    for browser in (visitor("ko"), control_room, administrator):
        for where, page in _pages(browser):
            assert "<img" not in page, where
            assert "<style" not in page, where
            assert not re.search(r"<[^>]+\sstyle\s*=", page), where
            assert not re.search(r"<[^>]+\son\w+\s*=", page), where
            for script in re.findall(r"<script[^>]*>", page):
                assert "src=" in script or 'type="application/json"' in script, where


def test_titles_and_addresses_give_nothing_away_to_whoever_looks_into_the_history(visitor):
    for browser in (visitor("ko"), visitor("en")):
        for where, page in _pages(browser):
            title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
            assert title, where
            assert title[1].strip(), where
            assert not _FORBIDDEN_WORDS.search(title[1]), where
            assert not _FORBIDDEN_WORDS.search(where), where


def _pages(browser: Client):
    for address in every_address():
        answer = browser.get(address.path)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            yield address.path, answer.content.decode()
    for where in ("/nowhere/",):
        yield where, browser.get(where).content.decode()


def _is_closed(answer, where: str) -> None:
    assert why_open({name.lower(): value for name, value in answer.headers.items()}) == [], where
