"""What runs for officials alone: on the portal nobody has a session, and nobody is signed in."""

from typing import Final

from allauth.account.middleware import AccountMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django_htmx.middleware import HtmxMiddleware

from haetae.web.sides.middleware import only_on
from haetae.web.sides.which import Side

Sessions: Final = only_on(Side.CONSOLE, SessionMiddleware)
SignedIn: Final = only_on(Side.CONSOLE, AuthenticationMiddleware)
Accounts: Final = only_on(Side.CONSOLE, AccountMiddleware)
Messages: Final = only_on(Side.CONSOLE, MessageMiddleware)
Parts: Final = only_on(Side.CONSOLE, HtmxMiddleware)
