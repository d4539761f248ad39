"""Who asks: an operator by its key, remembered for a second so that a look-up costs no question to the database."""

import hashlib
import threading
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse

from haetae.accounts.models import KeyScope
from haetae.accounts.queries import key_of
from haetae.web.api import answers
from haetae.web.api.rates import Rates
from haetae.web.limits.actions import retry_after

REMEMBERED_S: Final = 1.0  # an ended key opens nothing any more after this
_SCHEME: Final = "Bearer "
_REMEMBERED_MOST: Final = 10_000
rates: Final = Rates("scan")


@dataclass(frozen=True, kw_only=True)
class Asker:
    """A key in force. `holder` is the operator or partner that it belongs to."""

    key: UUID
    holder: UUID
    per_minute: int


_lock: Final = threading.Lock()
_remembered: Final[dict[tuple[str, KeyScope], tuple[float, Asker | None]]] = {}
_FOR: Final = {KeyScope.SCAN: "for scanning", KeyScope.OPERATE: "for what is asked of you"}


def asker_of(request: HttpRequest, *, scope: KeyScope) -> Asker | JsonResponse:
    """Whose key of this scope is shown, or the refusal."""
    shown = request.headers.get("Authorization", "")
    secret = shown.removeprefix(_SCHEME).strip()
    if not secret or not shown.startswith(_SCHEME):
        return _stranger(scope)
    shown_for, now_s = (hashlib.sha256(secret.encode()).hexdigest(), scope), time.monotonic()
    with _lock:
        known = _remembered.get(shown_for)
    if known is None or now_s - known[0] > REMEMBERED_S:
        try:
            known = (now_s, _asked(secret, scope))
        except Error:
            return answers.unread(answers.database_away())
        with _lock:
            if len(_remembered) >= _REMEMBERED_MOST:
                _remembered.clear()  # guesses of strangers must not fill the memory
            _remembered[shown_for] = known
    return known[1] or _stranger(scope)


def _asked(secret: str, scope: KeyScope) -> Asker | None:
    key = key_of(secret, scope=scope)
    if key is None or (scope is KeyScope.OPERATE and key.operator_id is None):
        return None
    holder = key.operator_id or key.partner_id
    assert holder is not None
    return Asker(key=key.pk, holder=holder, per_minute=key.per_minute)


def why_not_now(asker: Asker, *, count: int) -> JsonResponse | None:
    """The refusal of one question too many, or None. Hashes and files count, not requests.

    What is more than a whole minute's worth would be refused however long somebody waits, so it is no 429.
    """
    if count > asker.per_minute:
        words = (
            f"This key may ask about {asker.per_minute} a minute, and here are {count}. Send fewer at once."
        )
        return answers.refusal(status=400, code="more_than_a_minute", field="body", message=words)
    try:
        wait_s = rates.wait_s(asker.key, per_minute=asker.per_minute, count=count)
    except Error:
        return answers.unread(answers.database_away())
    if wait_s == 0.0:
        return None
    refused = answers.refusal(
        status=429,
        code="too_many",
        message=f"This key may ask about {asker.per_minute} a minute. Wait as long as Retry-After says.",
    )
    refused["Retry-After"] = retry_after(wait_s)
    return refused


def why_not_any(asker: Asker) -> JsonResponse | None:
    """The refusal where not even one question is left; none is taken for having asked."""
    if rates.left(asker.key, per_minute=asker.per_minute) >= 1:
        return None
    return why_not_now(asker, count=1)


def say_what_is_left(answer: HttpResponse, asker: Asker) -> None:
    """On every answer to a key, so that nobody has to run into the limit to learn of it."""
    answer["RateLimit-Limit"] = str(asker.per_minute)
    answer["RateLimit-Remaining"] = str(rates.left(asker.key, per_minute=asker.per_minute))


def _stranger(scope: KeyScope) -> JsonResponse:
    refused = answers.refusal(
        status=401,
        code="key_unknown",
        field="Authorization",
        message=f"Send Authorization: Bearer KEY with a key {_FOR[scope]}; whoever runs this system gives you one.",
    )
    refused["WWW-Authenticate"] = "Bearer"
    return answers.unread(refused)
