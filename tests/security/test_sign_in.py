"""How officials come in, and who stays outside."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.accounts.permissions import Permission, Role
from haetae.accounts.rules import why_not
from haetae.common import clock
from haetae.web.access import refusal
from tests import people


def _is_inside(browser: Client) -> bool:
    return browser.get("/console/").status_code == 200


def test_a_one_time_sign_in_is_used_up_by_the_button_and_not_by_opening_it(visitor, reviewer):
    path = f"/console/sign-in/once/{issue_one_time_sign_in(official=reviewer)}/"
    assert visitor().get(path).status_code == 200
    browser = visitor()
    assert browser.post(path).headers["Location"] == "/console/"
    assert _is_inside(browser)


def test_a_one_time_sign_in_works_once(visitor, reviewer):
    path = f"/console/sign-in/once/{issue_one_time_sign_in(official=reviewer)}/"
    visitor().post(path)
    second = visitor("en")
    answer = second.post(path)
    assert answer.status_code == 410
    assert "This link no longer works." in answer.content.decode()
    assert not _is_inside(second)


def test_a_one_time_sign_in_is_too_old_after_an_hour(visitor, reviewer):
    path = f"/console/sign-in/once/{issue_one_time_sign_in(official=reviewer)}/"
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert visitor().post(path).status_code == 410


@pytest.mark.django_db
def test_a_secret_that_nobody_issued_opens_nothing(visitor):
    assert visitor().post("/console/sign-in/once/made-up/").status_code == 410


def test_a_password_signs_in_and_signing_out_ends_it(visitor, reviewer):
    reviewer.set_password("a long enough phrase 7")
    reviewer.save()
    browser = visitor()
    wrong = browser.post(
        "/console/sign-in/", {"login": people.REVIEWER.name, "password": "something else 77"}
    )
    assert wrong.status_code == 200
    assert not _is_inside(browser)
    browser.post("/console/sign-in/", {"login": people.REVIEWER.name, "password": "a long enough phrase 7"})
    assert _is_inside(browser)
    browser.post("/console/sign-in/out/")
    assert not _is_inside(browser)


@pytest.mark.django_db
def test_nobody_signs_up(visitor):
    from haetae.accounts.models import Official

    form = {"username": people.STRANGER.name, "password1": "a long enough phrase 7"}
    assert "Nobody signs up here." in visitor("en").post("/console/sign-in/new/", form).content.decode()
    assert not Official.objects.exists()


def test_an_official_without_the_role_reads_why_and_who_could(visitor, officer):
    browser = visitor("en")
    browser.force_login(officer)
    answer = browser.get("/console/")
    assert answer.status_code == 403
    expected = why_not(Permission.SIGHTING_READ, roles=[Role.POLICE_OFFICER])
    assert expected is not None
    assert expected in answer.content.decode()


def test_the_refusal_is_said_in_korean_too(visitor, officer):
    browser = visitor("ko")
    browser.force_login(officer)
    page = browser.get("/console/").content.decode()
    assert "맡은 역할에 없습니다" in page
    assert "상담원" in page


def test_a_seat_that_ended_yesterday_opens_nothing_today(visitor, reviewer):
    browser = visitor()
    browser.force_login(reviewer)
    assert _is_inside(browser)
    seat = reviewer.seats.get()
    seat.until = clock.now().date() - timedelta(days=2)
    seat.save()
    assert browser.get("/console/").status_code == 403


def test_who_is_switched_off_is_outside_at_once(visitor, reviewer):
    browser = visitor()
    browser.force_login(reviewer)
    reviewer.is_active = False
    reviewer.save()
    assert browser.get("/console/").status_code == 302


@pytest.mark.django_db
def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(visitor):
    answer = visitor().get("/console/rows/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/console/sign-in/"


def test_a_role_that_grants_it_is_refused_nothing():
    assert refusal(Permission.SIGHTING_READ, roles=[Role.REVIEWER]) is None
    assert refusal(Permission.SIGHTING_READ, roles=[Role.AUDITOR]) is not None
