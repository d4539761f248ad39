"""For which agency somebody receives and sends, by the roles that they hold today."""

from typing import Final

from django.http import HttpRequest

from haetae.accounts.agencies import SITS_IN
from haetae.accounts.permissions import GRANTS, Permission, Role
from haetae.agencies.referrals.states import Sender, To
from haetae.web.console.rights import roles_of

# Lawyers and regional centres have no seat here: a counsellor notes what they answer.
_RECEIVERS: Final = frozenset(To)
_SENDERS: Final = frozenset(Sender) - {Sender.SUPPORT_CENTRE}


def receives_as(request: HttpRequest) -> list[To]:
    return [To(key) for key in _agencies(request, Permission.REFERRAL_ANSWER) if key in _RECEIVERS]


def sends_as(request: HttpRequest) -> list[Sender]:
    return [Sender(key) for key in _agencies(request, Permission.REFERRAL_SEND) if key in _SENDERS]


def _agencies(request: HttpRequest, permission: Permission) -> list[str]:
    roles: list[Role] = sorted(role for role in roles_of(request) if permission in GRANTS[role])
    return sorted({str(agency) for role in roles for agency in SITS_IN[role]})
