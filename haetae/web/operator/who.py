"""Whose data a page of the operators' side may show: those of the operator at which its reader sits, and no others."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from haetae.accounts.models import Official, Operator
from haetae.accounts.queries import operator_of
from haetae.common import clock

_KEPT: Final = "_haetae_operator"


def operator_of_request(request: HttpRequest) -> Operator:
    """Asked once for each request. Behind a mark with a permission everybody sits at one."""
    found = operator_if_any(request)
    assert found is not None
    return found


def operator_if_any(request: HttpRequest) -> Operator | None:
    """None for strangers, and for those whose seat has ended."""
    if not isinstance(request.user, Official):
        return None
    if not hasattr(request, _KEPT):
        found = operator_of(request.user, day=timezone.localdate(clock.now()))
        setattr(request, _KEPT, found)
    kept: Operator | None = getattr(request, _KEPT)
    return kept
