"""What runs where people sign in, on the console and at the operators' desk: on the portal nobody has a session."""

from typing import Final

from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django_htmx.middleware import HtmxMiddleware

from haetae.web.sides.middleware import only_on
from haetae.web.sides.sessions import OperatorSessions, SessionStore
from haetae.web.sides.which import HOMES, Side, side_of


class _OfItsSide(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        kept = OperatorSessions if side_of(request) is Side.OPERATOR else SessionStore
        request.session = kept(request.COOKIES.get(settings.SESSION_COOKIE_NAME))


_WITH_A_SIGN_IN: Final = frozenset(HOMES)
Sessions: Final = only_on(_WITH_A_SIGN_IN, _OfItsSide)
SignedIn: Final = only_on(_WITH_A_SIGN_IN, AuthenticationMiddleware)
Accounts: Final = only_on(_WITH_A_SIGN_IN, AccountMiddleware)
Messages: Final = only_on(_WITH_A_SIGN_IN, MessageMiddleware)
Parts: Final = only_on(_WITH_A_SIGN_IN, HtmxMiddleware)
