"""What somebody who is signed in may open and do today, so that a page offers nothing that it would then refuse."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import AT_AN_OPERATOR, Permission, Role
from haetae.accounts.queries import is_of_an_operator, roles_on
from haetae.accounts.rules import why_not
from haetae.common import clock
from haetae.web import second_step
from haetae.web.sides.which import Side, side_of

_KEPT: Final = "_haetae_roles"


def may(request: HttpRequest, permission: Permission) -> bool:
    return why_not(permission, roles=roles_of(request)) is None


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """Asked once for each request. Nobody holds any who is no official, or has not taken the second step."""
    if not isinstance(request.user, Official) or second_step.is_missing(request):
        return frozenset()
    return roles_here(request, request.user)


def roles_here(request: HttpRequest, official: Official) -> frozenset[Role]:
    """The roles of today that count on this side: those at an operator on the operators', the others on the console."""
    kept: frozenset[Role] | None = getattr(request, _KEPT, None)
    if kept is None:
        # The official's calendar day, not that of UTC: a seat begins at midnight where the agency works.
        held = roles_on(official, day=timezone.localdate(clock.now()))
        of_operators = side_of(request) is Side.OPERATOR
        kept = frozenset(role for role in held if (role in AT_AN_OPERATOR) == of_operators)
        setattr(request, _KEPT, kept)
    return kept


def belongs_elsewhere(request: HttpRequest, official: Official) -> bool:
    """Whether this account comes in by the other door: an operator's people by theirs, officials by the console's."""
    return is_of_an_operator(official) != (side_of(request) is Side.OPERATOR)


def official_of(request: HttpRequest) -> Official:
    """Whoever is signed in; behind a mark with a permission nobody else comes so far."""
    assert isinstance(request.user, Official)
    return request.user
