"""A session ends: when nobody is there, when it is old, and with every change of what its official may do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from haetae.accounts.actions import end_seat_at_operator, issue_one_time_sign_in, seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.settings import base
from tests import people

pytestmark = pytest.mark.django_db
_PHRASE = "a long enough phrase 7"
_SESSION = "console_session"


@pytest.fixture(autouse=True)
def as_in_production(settings) -> None:
    settings.SESSION_IDLE_S = base.SESSION_IDLE_S


def _is_inside(browser: Client, where: str = "/console/") -> bool:
    return browser.get(where).status_code == 200


def _by_link(browser: Client, official: Official) -> None:
    browser.post(f"/console/sign-in/once/{issue_one_time_sign_in(official=official)}/")


@pytest.fixture
def signed_in(visitor, reviewer) -> Client:
    browser = visitor("en")
    _by_link(browser, reviewer)
    assert _is_inside(browser)
    return browser


def _in(minutes: float):
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)


def test_after_half_an_hour_of_nothing_it_is_over_and_its_row_is_gone(signed_in, tried):
    with _in(31):
        assert not _is_inside(signed_in)
        assert not Session.objects.exists()
    tried("sessions: ways in which one ends", 1)


def test_who_works_stays_and_is_out_after_twelve_hours_all_the_same(signed_in, tried):
    inside = []
    for minutes in range(20, 12 * 60 + 40, 20):
        with _in(minutes):
            inside.append(_is_inside(signed_in))
    assert inside == [True] * 35 + [False] * 2
    tried("sessions: ways in which one ends", 1)


def test_a_page_that_keeps_itself_up_to_date_is_nobody_at_the_desk(signed_in, tried):
    for minutes in (10, 20, 29):
        with _in(minutes):
            assert signed_in.get("/console/rows/", HTTP_HX_REQUEST="true").status_code in {200, 204}
    with _in(31):
        assert not _is_inside(signed_in)
    tried("sessions: ways in which one ends", 1)


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(signed_in, visitor, tried):
    thief = visitor("en")
    thief.cookies[_SESSION] = signed_in.cookies[_SESSION].value
    assert _is_inside(thief)
    signed_in.post("/console/sign-in/out/")
    assert not _is_inside(thief)
    tried("sessions: ways in which one ends", 1)


def test_nobody_is_signed_in_under_a_key_that_somebody_else_knew_before(visitor, reviewer):
    browser = visitor("en")
    browser.get("/console/sign-in/")
    browser.cookies[_SESSION] = "planted0planted0planted0planted0"
    _by_link(browser, reviewer)
    assert browser.cookies[_SESSION].value != "planted0planted0planted0planted0"
    thief = visitor("en")
    thief.cookies[_SESSION] = "planted0planted0planted0planted0"
    assert not _is_inside(thief)


@pytest.mark.parametrize("change", ["disabled", "another_role", "new_password"])
def test_a_change_ends_every_session_at_once(signed_in, reviewer, change, tried):
    if change == "disabled":
        Official.objects.filter(pk=reviewer.pk).update(is_active=False)
    elif change == "another_role":
        seat_official(
            username=reviewer.username,
            role=Role.COMMISSION_MEMBER,
            agency="reviewer",
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
    else:
        reviewer.set_password(_PHRASE)
        reviewer.save()
    assert not _is_inside(signed_in)
    tried("sessions: ways in which one ends", 1)


def test_a_seat_at_an_operator_that_ends_takes_the_session_along(moderator, board, tried):
    assert _is_inside(moderator, "/operator/")
    official = Official.objects.get(username=people.MODERATOR.name)
    end_seat_at_operator(official=official, operator=board, last_day=date(2026, 1, 2), actor=SYSTEM)
    assert moderator.get("/operator/").status_code == 302
    tried("sessions: ways in which one ends", 1)


def test_a_new_password_keeps_the_window_in_which_it_was_set_and_ends_the_others(
    visitor, reviewer, signed_in, tried
):
    reviewer.set_password(_PHRASE)
    reviewer.save()
    here, there = visitor("en"), visitor("en")
    for browser in (here, there):
        browser.post("/console/sign-in/", {"login": reviewer.username, "password": _PHRASE})
        assert _is_inside(browser)
    fresh = "quite another phrase 8"
    sent = {"oldpassword": _PHRASE, "password1": fresh, "password2": fresh}
    assert here.post("/console/sign-in/password/", sent).status_code == 302
    assert _is_inside(here)
    assert not _is_inside(there)
    tried("sessions: ways in which one ends", 1)
