"""The second step of officials: a session in which it was not taken opens nothing of a case.

allauth asks for it at every sign-in of somebody who has one. What it does not know is that a session without one is
worth nothing here, nor that one which began before the step was set up elsewhere never took it.
"""

from typing import Any, Final

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from haetae.accounts.models import Official
from haetae.accounts.second_steps import actions
from haetae.web.sides import lasting

REQUIRED: Final = "required"
_TAKEN_BY: Final = "second_step_taken_by"
# Recovery codes stand in for one of these and are none of their own.
_STEPS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where it is taken, or the session left. No other page of the sign-in opens before for those who have one.
TAKEN_AT: Final = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def is_missing(request: HttpRequest) -> bool:
    """Whether this session has yet to take it."""
    if settings.SECOND_STEP != REQUIRED:
        return False
    return request.session.get(_TAKEN_BY) != str(request.user.pk)


def kinds_of(official: Official) -> set[str]:
    """Which ones somebody has set up: "totp", "webauthn"."""
    return set(Authenticator.objects.filter(user=official, type__in=_STEPS).values_list("type", flat=True))


# Signals are the only place where allauth says that it happened, and in which session.
@receiver(authenticator_used)
def _used(*, request: HttpRequest, user: Official, **_: Any) -> None:
    request.session.cycle_key()  # it is worth more from now on, so its key is another one
    request.session[_TAKEN_BY] = str(user.pk)


@receiver(authenticator_added)
def _added(*, request: HttpRequest, user: Official, authenticator: Any, **_: Any) -> None:
    """Setting one up shows that one has it: the code or the key was asked for, so nothing is asked again at once."""
    if authenticator.type in _STEPS:
        request.session[_TAKEN_BY] = str(user.pk)
        record_authentication(request, user, "mfa", type=str(authenticator.type), reauthenticated=True)
        actions.second_step_set_up(official=user, kind=authenticator.type)
        lasting.renew(request, user)


@receiver(authenticator_removed)
def _removed(*, request: HttpRequest, user: Official, authenticator: Any, **_: Any) -> None:
    if authenticator.type in _STEPS:
        actions.second_step_removed(official=user, kind=authenticator.type)
        lasting.renew(request, user)
        if not kinds_of(user):
            request.session.pop(_TAKEN_BY, None)
