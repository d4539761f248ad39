"""What somebody who is signed in may open and do today, so that a page offers nothing that it would then refuse."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission, Role
from haetae.accounts.queries import roles_on
from haetae.accounts.rules import why_not
from haetae.common import clock
from haetae.web.console import second_step

_KEPT: Final = "_haetae_roles"


def may(request: HttpRequest, permission: Permission) -> bool:
    return why_not(permission, roles=roles_of(request)) is None


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """Asked once for each request. Nobody holds any who is no official, or has not taken the second step."""
    if not isinstance(request.user, Official) or second_step.is_missing(request):
        return frozenset()
    kept: frozenset[Role] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = roles_on(request.user, day=timezone.localdate(clock.now()))
        setattr(request, _KEPT, kept)
    return kept


def official_of(request: HttpRequest) -> Official:
    """Whoever is signed in; behind a mark with a permission nobody else comes so far."""
    assert isinstance(request.user, Official)
    return request.user
