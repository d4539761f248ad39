"""Signed, served, paid, withdrawn: each by one form, and each refusal recorded and said."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.recovery import actions
from haetae.agencies.recovery.actions import CannotChargeError
from haetae.agencies.recovery.paying.actions import paid
from haetae.agencies.recovery.states import ServedBy
from haetae.web.access import needs
from haetae.web.console.recovery.page import found_charge, page_of
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, day_in, number_in

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def sign(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """By another official than who drafted it; the notice is issued."""
    return _done(request, charge_id, lambda by: actions.sign(charge_id=charge_id, official_id=by.pk))


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def serve(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """It reached whoever has to pay."""

    def served(by: Official) -> None:
        way = request.POST.get("way", "")
        if way not in set(ServedBy):
            raise IncompleteError("charge_way")
        actions.serve(
            charge_id=charge_id,
            served_on=day_in(request, "day", code="charge_day"),
            served_by=ServedBy(way),
            official_id=by.pk,
        )

    return _done(request, charge_id, served)


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def pay(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Money came in, all of it or a part."""
    return _done(
        request,
        charge_id,
        lambda by: paid(
            charge_id=charge_id,
            won=number_in(request.POST.get("won", "")),
            paid_on=day_in(request, "day", code="charge_day"),
            reference=request.POST.get("reference", ""),
            official_id=by.pk,
        ),
    )


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def withdraw(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Nothing is asked any more."""
    return _done(
        request,
        charge_id,
        lambda by: actions.withdraw(
            charge_id=charge_id,
            why=request.POST.get("why", "").replace("\r\n", "\n"),
            official_id=by.pk,
        ),
    )


def _done(request: HttpRequest, charge_id: UUID, act: Callable[[Official], object]) -> HttpResponse:
    official = official_of(request)
    found_charge(charge_id)
    if request.method == "POST":
        try:
            act(official)
        except (CannotChargeError, IncompleteError) as problem:
            actions.refused(charge_id=charge_id, code=str(problem), official_id=official.pk)
            return page_of(request, charge_id, problem=str(problem), status=409)
    return redirect("console:charge", charge_id)
