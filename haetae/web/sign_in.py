"""How officials come in. Accounts are given by an administrator; nobody signs up."""

from base64 import b64decode, b64encode
from typing import ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import use_one_time_sign_in
from haetae.accounts.models import Official
from haetae.common import clock
from haetae.common.sealed import seal, unseal
from haetae.web import errors, rights
from haetae.web.access import public
from haetae.web.console.sections import sections_of
from haetae.web.limits.asking import mark, not_counted, wait_for, wait_for_source
from haetae.web.limits.source import source_of
from haetae.web.sides.which import Side, home_of, side_of

_TOO_MANY: Final = "too_many_login_attempts"
_LIMIT, _LIMIT_OF_SOURCE = "sign_in", "sign_in_of_source"
_A_MINUTE_S: Final = 60.0


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """No sign-up for anybody, and so many passwords a minute for one account and from one network."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        _TOO_MANY: gettext_lazy(
            "Too many tries. Wait a minute, or use your passkey. Your administrator can give you a new way in."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Counted before it is tried, so that many at once are not more than one after the other."""
        name = credentials.get("username", "").casefold()
        wait_s = max(wait_for(_LIMIT, whose=name), wait_for_source(request, _LIMIT_OF_SOURCE))
        if wait_s:
            mark(request, wait_s)
            raise self.validation_error(_TOO_MANY)

    def authenticate(self, request: HttpRequest, **credentials: str) -> Official | None:
        """A right password is no failed one."""
        official: Official | None = super().authenticate(request, **credentials)
        if official is not None:
            not_counted(_LIMIT, whose=credentials.get("username", "").casefold())
        return official

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """Of codes allauth counts by itself, and says so here."""
        if code == _TOO_MANY:
            mark(context.request, _A_MINUTE_S)
        said: ValidationError = super().validation_error(code, *args)
        return said

    def get_client_ip(self, request: HttpRequest) -> str:
        """Nothing is counted by address, and none is kept."""
        return source_of(request) or ""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that is theirs: nobody is met by a refusal."""
        theirs = sections_of(request) if side_of(request) is Side.CONSOLE else []
        return resolve_url(theirs[0].name if theirs else home_of(request))

    def pre_login(self, request: HttpRequest, user: Official, **more: object) -> HttpResponse | None:
        """Whichever way somebody comes in, by the other side's door nobody does."""
        if rights.belongs_elsewhere(request, user):
            return errors.other_side(request)
        held: HttpResponse | None = super().pre_login(request, user, **more)
        return held

    def add_message(self, request: HttpRequest, level: int, *rest: object, **more: object) -> None:
        """Only what went wrong: the page that follows shows what went well."""
        if level >= messages.WARNING:
            super().add_message(request, level, *rest, **more)


class SealedSecondSteps(DefaultMFAAdapter):  # type: ignore[misc]  # likewise
    """What codes are computed from lies sealed: whoever copies the database computes none."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text))

    def generate_authenticator_name(self, user: Official, type: str) -> str:  # noqa: A002 - allauth's signature
        """What stands in the field for its name until somebody writes another."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_totp_issuer(self) -> str:
        return "haetae"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link shows a button; only pressing it uses the secret up, so that a preview cannot."""
    if request.method != "POST":
        return render(request, "account/once.html")
    official = use_one_time_sign_in(secret=secret, at=clock.now())
    if official is None:
        return render(request, "account/once_used.html", status=410)
    # Through allauth's own door, which asks those who have a second step for it: a link in wrong hands is not enough.
    answer: HttpResponse = perform_login(request, official)
    return answer
