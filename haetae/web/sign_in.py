"""How officials come in. Accounts are given by an administrator; nobody signs up."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import use_one_time_sign_in
from haetae.accounts.models import Official
from haetae.common import clock
from haetae.common.sealed import seal, unseal
from haetae.web import errors, rights
from haetae.web.access import public
from haetae.web.console.sections import sections_of
from haetae.web.sides.which import Side, home_of, side_of


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """No sign-up, for anybody."""

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
