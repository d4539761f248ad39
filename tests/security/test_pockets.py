"""What a browser carries for the portal: sealed, for one purpose, for a time, and for nobody else to read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from haetae.agencies.support.actions import open_case
from haetae.agencies.support.receipt import draw
from haetae.agencies.support.rules import Told
from haetae.common import clock
from haetae.web.portal import pockets

pytestmark = pytest.mark.django_db


def _with(answer: HttpResponse):
    """The next request of the same browser."""
    request = RequestFactory().get(pockets.PATH)
    request.COOKIES = {name: cookie.value for name, cookie in answer.cookies.items() if cookie.value}
    return request


def _later(monkeypatch, by: timedelta) -> None:
    then = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: then)


def _case():
    return open_case(receipt=draw(), told=Told(links=["https://board.example/post/1"]))


def test_a_form_carries_a_receipt_that_no_other_form_has_and_nobody_reads():
    first, second = pockets.draw_form_token(), pockets.draw_form_token()
    bits = pockets.receipt_of_form_token(first)
    assert bits
    assert len(bits) == 10
    assert bits != pockets.receipt_of_form_token(second)
    assert bits.hex() not in first


@pytest.mark.parametrize("token", ["", "x", "no key at all", "A" * 54, "é", "A" * 100_000, "\x00"])
def test_a_token_that_is_not_ours_is_none(token):
    assert pockets.receipt_of_form_token(token) is None


def test_a_token_with_one_character_changed_is_none():
    token = pockets.draw_form_token()
    other = ("B" if token[20] == "A" else "A").join((token[:20], token[21:]))
    assert pockets.receipt_of_form_token(other) is None


def test_a_form_is_good_for_a_day(monkeypatch):
    token = pockets.draw_form_token()
    _later(monkeypatch, timedelta(hours=23, minutes=59))
    assert pockets.receipt_of_form_token(token)
    _later(monkeypatch, timedelta(minutes=2))
    assert pockets.receipt_of_form_token(token) is None


def test_the_receipt_is_shown_for_a_quarter_of_an_hour_or_until_it_is_forgotten(monkeypatch):
    bits, answer = draw(), HttpResponse()
    pockets.keep_receipt(answer, bits)
    kept = _with(answer)
    assert pockets.receipt_to_show(kept) == bits
    pockets.forget_receipt(answer)
    assert pockets.receipt_to_show(_with(answer)) is None
    _later(monkeypatch, timedelta(minutes=16))
    assert pockets.receipt_to_show(kept) is None


def test_a_window_opens_its_case_until_nobody_looked_for_half_an_hour(monkeypatch):
    opened, answer = _case(), HttpResponse()
    pockets.open_window(answer, opened)
    found = pockets.window_of(_with(answer))
    assert found
    assert (found.case.pk, found.key) == (opened.case.pk, opened.key)
    _later(monkeypatch, timedelta(minutes=29))
    renewed = HttpResponse()
    pockets.open_window(renewed, opened)
    _later(monkeypatch, timedelta(minutes=29))
    assert pockets.window_of(_with(answer)) is None
    assert pockets.window_of(_with(renewed))


def test_a_window_ends_four_hours_after_the_words_however_diligently_it_is_used(monkeypatch):
    opened, answer = _case(), HttpResponse()
    pockets.open_window(answer, opened)
    for _ in range(11):
        _later(monkeypatch, timedelta(minutes=20))
        kept = _with(answer)
        assert pockets.window_of(kept)
        answer = HttpResponse()
        pockets.open_window(answer, opened, still_in=kept)
    _later(monkeypatch, timedelta(minutes=21))
    assert pockets.window_of(_with(answer)) is None


def test_in_production_their_names_bind_them_to_https(monkeypatch):
    monkeypatch.setattr(settings, "CSRF_COOKIE_SECURE", True)
    answer = HttpResponse()
    pockets.open_window(answer, _case())
    pockets.keep_receipt(answer, draw())
    pockets.keep_ticket(answer, pockets.draw_ticket())
    assert set(answer.cookies) == {"__Secure-page", "__Secure-once", "__Secure-back"}
    assert pockets.window_of(_with(answer))


def test_what_was_sealed_for_one_purpose_opens_for_no_other():
    answer = HttpResponse()
    pockets.keep_receipt(answer, draw())
    [kept] = [cookie.value for cookie in answer.cookies.values()]
    assert pockets.receipt_of_form_token(kept) is None
    pockets.open_window(answer, _case())
    names = list(answer.cookies)
    assert len(names) == 2
    request = RequestFactory().get(pockets.PATH)
    values = [answer.cookies[name].value for name in names]
    request.COOKIES = dict(zip(names, reversed(values), strict=True))
    assert pockets.receipt_to_show(request) is None
    assert pockets.window_of(request) is None


def test_the_window_of_a_case_that_is_gone_opens_nothing():
    opened, answer = _case(), HttpResponse()
    pockets.open_window(answer, opened)
    opened.case.pk = uuid4()
    elsewhere = HttpResponse()
    pockets.open_window(elsewhere, opened)
    assert pockets.window_of(_with(elsewhere)) is None


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_the_cookies_go_to_the_pages_of_a_case_alone_and_with_the_window(is_encrypted, monkeypatch):
    monkeypatch.setattr(settings, "CSRF_COOKIE_SECURE", is_encrypted)
    opened, answer = _case(), HttpResponse()
    pockets.open_window(answer, opened)
    pockets.keep_receipt(answer, draw())
    for cookie in answer.cookies.values():
        assert cookie["path"] == "/mine/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert bool(cookie["secure"]) is is_encrypted
        assert {cookie["max-age"], cookie["expires"]} == {""}
        assert opened.key.hex() not in cookie.value
        assert str(opened.case.pk) not in cookie.value


def test_closing_the_window_takes_both_cookies_from_the_browser():
    answer = HttpResponse()
    pockets.open_window(answer, _case())
    pockets.keep_receipt(answer, draw())
    pockets.close_window(answer)
    assert {cookie["max-age"] for cookie in answer.cookies.values()} == {0}
    assert pockets.window_of(_with(answer)) is None
