"""What the portal hands to a browser instead of keeping it: sealed, dated, and each of use for one thing alone.

A form carries the receipt to be; one cookie carries the receipt until it is written down, another the key of an open
case. Nobody but us reads them, none outlives its time, and the server keeps nothing of them.
"""

import base64
import binascii
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.queries import case_of_receipt, opened_with
from haetae.common import clock
from haetae.common.case_keys import WrongKeyError
from haetae.web.carried import open_from_browser, seal_for_browser

FORM_VALID: Final = timedelta(hours=24)
RECEIPT_SHOWN: Final = timedelta(minutes=15)
# Counted from the last page: who stays keeps it, and who leaves an open window behind does not for long.
WINDOW_OPEN: Final = timedelta(minutes=30)
# Counted from the words: a cookie that somebody copied is worth nothing after that, however diligently it is used.
WINDOW_AT_MOST: Final = timedelta(hours=4)
# The cookies of a case go nowhere else.
PATH: Final = "/mine/"

# Neutral words: a browser shows them to whoever looks.
_RECEIPT_COOKIE: Final = "once"
_WINDOW_COOKIE: Final = "page"
_TICKET_COOKIE: Final = "back"
# Of a case; outside a demonstration they have another beginning: see `named`.
COOKIES: Final = (_RECEIPT_COOKIE, _WINDOW_COOKIE)
_BOUND: Final = "__Secure-"  # a browser takes a cookie of such a name over https alone
# Drawn once: what was sealed for one purpose opens for no other.
_FORM: Final = UUID("5d3c1a0e-8a54-4b42-9d0e-2f6c5b0e7a11")
_RECEIPT: Final = UUID("c07f6a5b-13f8-4e0d-8a57-61be3d9c4f22")
_WINDOW: Final = UUID("91e2b7d4-6c3a-4f19-b0c8-7a4d5e8f1033")
_TICKET: Final = UUID("3a9d5f72-0b1e-4c86-9e47-d52c8f6a7b44")
_AT_BYTES: Final = 8
_TICKET_BYTES: Final = 16


def draw_form_token() -> str:
    """A receipt that nobody has seen yet, for a form to carry: the same form sent twice leads to the same case."""
    return _put(receipt.draw(), purpose=_FORM)


def receipt_of_form_token(token: str) -> bytes | None:
    """The bits in it; None when it was not ours or is older than a day."""
    return _take(token, purpose=_FORM, valid=FORM_VALID)


def receipt_for(token: str) -> bytes:
    """The bits under which what comes with a form is kept: those that the form carries, or new ones.

    Whoever finds the form on somebody's device cannot come into the case with it: after the time in which the words
    are shown, a form that was sent leads nowhere any more, and sending it again makes another case.
    """
    bits = receipt_of_form_token(token)
    if bits is None:
        return receipt.draw()
    was_just_drawn = _take(token, purpose=_FORM, valid=RECEIPT_SHOWN) is not None
    opened = None if was_just_drawn else case_of_receipt(bits, is_guess=False)
    is_old = opened is not None and clock.now() - opened.case.opened_at > RECEIPT_SHOWN
    return receipt.draw() if is_old else bits


def keep_receipt(answer: HttpResponse, bits: bytes) -> None:
    """For the page that shows the words once."""
    _set(answer, _RECEIPT_COOKIE, _put(bits, purpose=_RECEIPT))


def receipt_to_show(request: HttpRequest) -> bytes | None:
    """The bits whose words this browser may see; None when there are none, or no longer."""
    return _take(_kept(request, _RECEIPT_COOKIE), purpose=_RECEIPT, valid=RECEIPT_SHOWN)


def forget_receipt(answer: HttpResponse) -> None:
    """They are written down: this browser cannot show them again."""
    answer.delete_cookie(named(_RECEIPT_COOKIE), path=PATH, samesite="Strict")


def open_window(answer: HttpResponse, opened: OpenCase, *, still_in: HttpRequest | None = None) -> None:
    """Let this browser see the case. Called with every page of it: the time counts from the last one.

    `still_in`: whose window stays open. The end that it has had since the words were typed stays with it.
    """
    began = _began(_kept(still_in, _WINDOW_COOKIE)) if still_in else None
    began = began or int(clock.now().timestamp()).to_bytes(_AT_BYTES)
    lookup = bytes.fromhex(opened.case.lookup or "")
    _set(answer, _WINDOW_COOKIE, _put(began + opened.case.pk.bytes + opened.key + lookup, purpose=_WINDOW))


def window_of(request: HttpRequest) -> OpenCase | None:
    """The case that this browser has open; None when it has none, no longer, or the case has other words by now."""
    kept = _kept(request, _WINDOW_COOKIE)
    content = _take(kept, purpose=_WINDOW, valid=WINDOW_OPEN)
    if content is None or _began(kept) is None:
        return None
    content = content[_AT_BYTES:]
    return opened_with(UUID(bytes=content[:16]), content[16:48], lookup=content[48:].hex())


def settles_window(answer: HttpResponse) -> bool:
    """Whether this answer says itself what becomes of the window, or of the words."""
    return any(named(name) in answer.cookies for name in COOKIES)


def close_window(answer: HttpResponse) -> None:
    """Both cookies go: whoever uses this browser next opens nothing."""
    answer.delete_cookie(named(_WINDOW_COOKIE), path=PATH, samesite="Strict")
    forget_receipt(answer)


def draw_ticket() -> str:
    """For an entrance that answers with a page instead of leading on to one.

    A browser can send such a form once more, words and all, when somebody reloads the page or goes back to it after the
    window was closed. The ticket is in the form and in a cookie, and the cookie goes with the first right words.
    """
    return _put(secrets.token_bytes(_TICKET_BYTES), purpose=_TICKET)


def keep_ticket(answer: HttpResponse, ticket: str) -> None:
    _set(answer, _TICKET_COOKIE, ticket)


def has_ticket(request: HttpRequest) -> bool:
    """Whether the form that was sent has not led in yet."""
    sent, kept = request.POST.get("ticket", ""), _kept(request, _TICKET_COOKIE)
    return sent == kept and _take(kept, purpose=_TICKET, valid=WINDOW_OPEN) is not None


def use_ticket(answer: HttpResponse) -> None:
    """It has led in, and does so no more."""
    answer.delete_cookie(named(_TICKET_COOKIE), path=PATH, samesite="Strict")


def named(name: str) -> str:
    """As the cookie is called outside: in production its name binds it to https. (`__Host-` would want the path /.)"""
    return f"{_BOUND}{name}" if settings.CSRF_COOKIE_SECURE else name


def _kept(request: HttpRequest, name: str) -> str:
    return request.COOKIES.get(named(name), "")


def _began(window: str) -> bytes | None:
    """When the words of this window were typed; None when that is too long ago, or it is no window."""
    content = _take(window, purpose=_WINDOW, valid=WINDOW_OPEN)
    if content is None:
        return None
    age_s = clock.now().timestamp() - int.from_bytes(content[:_AT_BYTES])
    return content[:_AT_BYTES] if age_s <= WINDOW_AT_MOST.total_seconds() else None


def _put(content: bytes, *, purpose: UUID) -> str:
    at = int(clock.now().timestamp()).to_bytes(_AT_BYTES)
    sealed = seal_for_browser(at + content, about=purpose)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _take(text: str, *, purpose: UUID, valid: timedelta) -> bytes | None:
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        content = open_from_browser(sealed, about=purpose)
    except (WrongKeyError, binascii.Error, ValueError):
        return None
    age_s = clock.now().timestamp() - int.from_bytes(content[:_AT_BYTES])
    return content[_AT_BYTES:] if age_s <= valid.total_seconds() else None


def _set(answer: HttpResponse, name: str, value: str) -> None:
    """Without an end of its own: it goes with the browser's window."""
    answer.set_cookie(
        named(name), value, path=PATH, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
