"""A new charge: whom a court has named, and at which places. The sum is worked out of the record, not typed."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.recovery.actions import CannotChargeError, Offender, draft
from haetae.agencies.recovery.costs.queries import all_costs
from haetae.agencies.recovery.rules import NAME_LONGEST, PLACES_MOST, TEXT_LONGEST
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, day_in, uuid_in
from haetae.web.words.recovery import recovery_refusal

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.RECOVERY_CHARGE)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent twice it is one charge."""
    if request.method != "POST":
        return _form(request)
    try:
        charge_id = draft(
            offender=Offender(
                name=request.POST.get("name", ""),
                address=request.POST.get("address", ""),
                decision=request.POST.get("decision", ""),
                decided_on=day_in(request, "decided_on", code="charge_decided_on"),
                pay_to=request.POST.get("pay_to", ""),
            ),
            places=request.POST.get("places", "").splitlines(),
            form_key=uuid_in(request, "form_key") or new_id(),
            official_id=official_of(request).pk,
        )
    except (CannotChargeError, IncompleteError) as problem:
        return _form(request, problem=str(problem), status=422)
    return redirect("console:charge", charge_id)


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "sent": request.POST,
        "problem": recovery_refusal(problem) if problem else "",
        "has_prices": bool(all_costs()),
        "name_most": NAME_LONGEST,
        "text_most": TEXT_LONGEST,
        "places_most": PLACES_MOST,
        "today": timezone.localdate(clock.now()).isoformat(),
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/recovery/new.html", shown, status=status)
