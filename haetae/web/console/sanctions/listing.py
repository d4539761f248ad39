"""The list of sanctions: what waits for an official, what is to be paid and by when, and what came to an end."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.sanctions import queries
from haetae.web.access import needs
from haetae.web.sanctions import lines

_ENDED_SHOWN: Final = 50


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits first, then what is to be paid, the first due first, then what is over."""
    shown = {
        "waiting": lines(queries.waiting()),
        "to_be_paid": lines(queries.to_be_paid()),
        "ended": lines(queries.ended()[:_ENDED_SHOWN]),
    }
    return render(request, "console/sanctions/list.html", shown)
