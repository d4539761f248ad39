"""Trying the connection: a trial request, a test of the way, and one delivery once more. Administrators press these."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from haetae.accounts.permissions import Permission
from haetae.audit.actor import Actor
from haetae.operators.trials.actions import TrialRefusedError, begin_test, begin_trial, replay
from haetae.operators.trials.rules import Why
from haetae.web.access import needs
from haetae.web.operator.connection import connection_page
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import official_of
from haetae.web.words.trials import why_words

_STATUS: Final = {Why.TOO_MANY: 429, Why.NOT_YOURS: 404}


@needs(Permission.OPERATOR_MANAGE)
@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """A request to nobody's picture goes out by the operator's own connection."""
    operator = operator_of_request(request)
    return _pressed(request, lambda actor: begin_trial(operator=operator, actor=actor))


@needs(Permission.OPERATOR_MANAGE)
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """The self-test of the way."""
    operator = operator_of_request(request)
    return _pressed(request, lambda actor: begin_test(operator=operator, actor=actor))


@needs(Permission.OPERATOR_MANAGE)
@require_POST
def again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """One delivery of this operator's is said once more."""
    operator = operator_of_request(request)
    return _pressed(request, lambda actor: replay(operator=operator, delivery_id=delivery_id, actor=actor))


def _pressed(request: HttpRequest, act: Callable[[Actor], object]) -> HttpResponse:
    try:
        act(Actor(kind="official", id=str(official_of(request).pk)))
    except TrialRefusedError as refused:
        status = _STATUS.get(refused.why, 409)
        return connection_page(request, problem=why_words(refused.why), status=status)
    return redirect("operator:connection")
