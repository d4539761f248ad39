"""How officials come in. Accounts are given by an administrator; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import use_one_time_sign_in
from haetae.common import clock
from haetae.web.access import public


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """No sign-up, for anybody."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False


@public
@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link shows a button; only pressing it uses the secret up, so that a preview cannot."""
    if request.method != "POST":
        return render(request, "account/once.html")
    official = use_one_time_sign_in(secret=secret, at=clock.now())
    if official is None:
        return render(request, "account/once_used.html", status=410)
    login(request, official, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)
