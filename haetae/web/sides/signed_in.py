"""What runs where people sign in, on the console and at the operators' desk: on the portal nobody has a session."""

from typing import Final

from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxMiddleware

from haetae.web.limits.asking import as_marked
from haetae.web.sides import lasting
from haetae.web.sides.middleware import only_on
from haetae.web.sides.sessions import OperatorSessions, SessionStore
from haetae.web.sides.which import HOMES, Side, side_of


class _OfItsSide(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        kept = OperatorSessions if side_of(request) is Side.OPERATOR else SessionStore
        request.session = kept(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        lasting.look_at_clock(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return as_marked(request, super().process_response(request, response))


class _AsLongAsItHolds(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        lasting.look_at_changes(request)


_WITH_A_SIGN_IN: Final = frozenset(HOMES)
Sessions: Final = only_on(_WITH_A_SIGN_IN, _OfItsSide)
SignedIn: Final = only_on(_WITH_A_SIGN_IN, _AsLongAsItHolds)
Accounts: Final = only_on(_WITH_A_SIGN_IN, AccountMiddleware)
Messages: Final = only_on(_WITH_A_SIGN_IN, MessageMiddleware)
Parts: Final = only_on(_WITH_A_SIGN_IN, HtmxMiddleware)
