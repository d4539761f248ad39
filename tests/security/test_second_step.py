"""No official sees a case with a password or a link alone."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.accounts.models import Official
from haetae.audit.models import Event
from haetae.web import second_step
from haetae.web.access import is_of_sign_in
from haetae.web.sides.which import Side, side_at
from tests.web.addresses import every_address
from tests.web.second_steps import code_of, set_up_codes

pytestmark = pytest.mark.django_db
_PHRASE = "a long enough phrase 7"
_CODE = "/console/sign-in/second/authenticate/"


@pytest.fixture(autouse=True)
def as_in_production(settings, monkeypatch) -> None:
    settings.SECOND_STEP = "required"
    cache.clear()  # allauth counts wrong codes there
    # A test is one transaction that never ends; what waits for its end happens at once, as in a real request.
    monkeypatch.setattr(transaction, "on_commit", lambda done, **_: done())


def _by_link(browser: Client, official: Official) -> str:
    return browser.post(f"/console/sign-in/once/{issue_one_time_sign_in(official=official)}/").headers[
        "Location"
    ]


def _is_inside(browser: Client) -> bool:
    return browser.get("/console/").status_code == 200


@pytest.fixture
def newcomer(visitor, reviewer) -> Client:
    """The reviewer's browser after the first sign-in by a link."""
    browser = visitor("en")
    assert _by_link(browser, reviewer) == "/console/"
    return browser


def test_the_rfcs_own_example_comes_out_as_it_says():
    """RFC 6238, appendix B: the last six digits at second 59 and second 1111111109."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert (code_of(secret, at_s=59), code_of(secret, at_s=1_111_111_109)) == ("287082", "081804")


def test_whoever_has_no_second_step_is_led_to_setting_one_up_and_sees_nothing(newcomer):
    answer = newcomer.get("/console/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Set up a second step first" in page
    assert 'href="/console/sign-in/second/webauthn/add/"' in page
    assert 'href="/console/sign-in/second/totp/activate/"' in page
    assert 'data-key="s"' not in page, "the bar offers nothing that it would refuse"


def test_no_address_of_the_console_opens_without_it_neither_read_nor_written(newcomer):
    tried = [address for address in every_address() if address.name.startswith("console:")]
    assert len(tried) > 8
    for address in tried:
        for ask in (newcomer.get, newcomer.post):
            answer = ask(address.path)
            assert answer.status_code == 403, address.name
            assert "Set up a second step first" in answer.content.decode(), address.name


def test_a_part_of_a_page_sends_the_whole_page_there(newcomer):
    answer = newcomer.get("/console/rows/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/console/")


def test_codes_are_set_up_once_and_the_room_opens(newcomer, reviewer):
    secret = set_up_codes(newcomer)
    assert _is_inside(newcomer)
    event = Event.objects.get(name="accounts.second_step_set_up")
    assert (event.facts, event.actor_id) == ({"kind": "totp"}, str(reviewer.pk))
    assert secret not in str(reviewer.authenticator_set.values_list("data", flat=True)), "it lies sealed"


def test_after_that_neither_a_link_nor_a_password_is_enough(newcomer, visitor, reviewer):
    secret = set_up_codes(newcomer)
    reviewer.set_password(_PHRASE)
    reviewer.save()
    for enter in (_by_link, _by_password):
        browser = visitor("en")
        assert enter(browser, reviewer) == _CODE
        assert not _is_inside(browser)
        assert browser.post(_CODE, {"code": "000000"}).status_code == 200
        assert not _is_inside(browser)
        cache.clear()  # a code counts once; its next use would be refused until the next half minute
        assert browser.post(_CODE, {"code": code_of(secret)}).status_code == 302
        assert _is_inside(browser)


def test_a_session_from_before_is_over_when_a_step_is_set_up_in_another(newcomer, visitor, reviewer):
    """Somebody else pressed the link first: they are outside at once, and the rightful person stays inside."""
    other = visitor("en")
    _by_link(other, reviewer)
    secret = set_up_codes(newcomer)
    assert other.get("/console/").headers["Location"] == "/console/sign-in/?next=/console/"
    assert _is_inside(newcomer)
    assert _by_link(other, reviewer) == _CODE
    cache.clear()
    assert other.post(_CODE, {"code": code_of(secret)}).headers["Location"] == "/console/"
    assert _is_inside(other)


def test_who_knows_the_password_alone_neither_removes_the_step_nor_adds_one_of_their_own(visitor, reviewer):
    """Their session began before there was a step, and allauth asks it for the password again and for no more."""
    reviewer.set_password(_PHRASE)
    reviewer.save()
    other = visitor("en")
    assert _by_password(other, reviewer) == "/console/"
    TOTP.activate(reviewer, generate_totp_secret())
    other.post("/console/sign-in/again/", {"password": _PHRASE})
    tried = [
        address
        for address in every_address()
        if is_of_sign_in(address.name)
        and address.name not in second_step.TAKEN_AT
        and side_at(address.path) is Side.CONSOLE
    ]
    assert len(tried) > 8
    for address in tried:
        for ask in (other.get, other.post):
            answer = ask(address.path)
            assert answer.status_code == 403, address.name
            assert "Take your second step" in answer.content.decode(), address.name
    assert second_step.kinds_of(reviewer) == {"totp"}
    assert not _is_inside(other)


def test_taking_the_last_one_away_closes_the_room_again(newcomer, reviewer):
    secret = set_up_codes(newcomer)
    assert _is_inside(newcomer)
    cache.clear()
    away = "/console/sign-in/second/totp/deactivate/"
    newcomer.post(f"/console/sign-in/second/reauthenticate/?next={away}", {"code": code_of(secret)})
    assert newcomer.post(away).status_code == 302
    assert not reviewer.authenticator_set.exists()
    assert not _is_inside(newcomer)
    assert Event.objects.filter(name="accounts.second_step_removed", subject_id=str(reviewer.pk)).count() == 1


def test_in_a_demonstration_one_click_is_enough(settings, newcomer):
    settings.SECOND_STEP = "not_yet"
    assert _is_inside(newcomer)


def test_it_is_said_in_korean_too(visitor, reviewer):
    browser = visitor("ko")
    _by_link(browser, reviewer)
    assert "먼저 2단계 인증을 설정하십시오" in browser.get("/console/").content.decode()


def _by_password(browser: Client, official: Official) -> str:
    return browser.post("/console/sign-in/", {"login": official.username, "password": _PHRASE}).headers[
        "Location"
    ]
