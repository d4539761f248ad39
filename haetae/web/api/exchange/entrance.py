"""Which partner asks: by the key that its client shows, and no more often than agreed."""

import base64
import binascii
from math import ceil
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse

from haetae.accounts.models import Partner
from haetae.accounts.queries import key_of
from haetae.web.access import Door, ForPartners
from haetae.web.api import answers
from haetae.web.api.rates import Rates

_LONGEST_HEADER: Final = 512
rates: Final = Rates("exchange")


def asking_partner(request: HttpRequest, access: ForPartners) -> Partner | HttpResponse:
    """The partner whose key is shown, or the refusal, which is the same whatever was wrong with the key."""
    name, secret = _shown(request, access.door)
    if not secret:
        return _stranger(access.door)
    try:
        keys = (key_of(secret, scope=scope) for scope in access.scopes)
        key = next((key for key in keys if key is not None), None)
    except Error:
        return _away()
    if key is None or key.partner is None or name not in {None, key.partner.name}:
        return _stranger(access.door)
    try:
        wait_s = ceil(rates.wait_s(key.pk, per_minute=key.per_minute, count=1))
    except Error:
        return _away()
    return key.partner if wait_s == 0 else _too_often(wait_s, per_minute=key.per_minute)


def _shown(request: HttpRequest, door: Door) -> tuple[str | None, str]:
    if door is Door.STOPNCII:
        subscribed = bool(request.headers.get("Ocp-Apim-Subscription-Key"))
        return None, request.headers.get("x-functions-key", "") if subscribed else ""
    shown = request.headers.get("Authorization", "")
    if not shown.startswith("Basic ") or len(shown) > _LONGEST_HEADER:
        return None, ""
    try:
        text = base64.b64decode(shown.removeprefix("Basic "), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None, ""
    name, _, secret = text.partition(":")
    return name, secret


def _stranger(door: Door) -> HttpResponse:
    field = "x-functions-key" if door is Door.STOPNCII else "Authorization"
    words = "The key is unknown, has ended or opens something else."
    answer = answers.refusal(status=401, code="key_unknown", field=field, message=words)
    if door is Door.NCMEC:
        answer["WWW-Authenticate"] = 'Basic realm="exchange"'
    return answers.unread(answer)


def _away() -> HttpResponse:
    return answers.unread(answers.unanswered(code="database_away", message="Our database is away."))


def _too_often(wait_s: int, *, per_minute: int) -> HttpResponse:
    words = f"This key may ask {per_minute} times a minute. Ask again in {wait_s} seconds."
    answer = answers.refusal(status=429, code="too_often", message=words)
    answer["Retry-After"] = str(wait_s)
    return answers.unread(answer)
