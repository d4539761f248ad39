"""The first page of the desk: what is asked of this operator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.web.access import needs


@needs(Permission.REQUEST_READ)
@require_safe
def open_requests(request: HttpRequest) -> HttpResponse:
    """What waits for an answer."""
    return render(request, "operator/requests.html")
