"""The page of one place: for everybody who may read it, and for whoever is to judge it."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview import Detail, detail
from haetae.flow.tasks.actions import bar_from_second
from haetae.flow.tasks.states import Kind
from haetae.flow.tasks.whose import kinds_for
from haetae.web.access import needs
from haetae.web.console.account import account
from haetae.web.console.documents.reading import document_line
from haetae.web.console.rights import may, official_of, roles_of


@needs(Permission.SIGHTING_READ)
@require_safe
def sighting(request: HttpRequest, sighting_id: UUID) -> HttpResponse:
    """Everything about one sighting, except what it shows. Who has read it judges it again no more."""
    try:
        found = detail(sighting_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if Kind.JUDGE in kinds_for(roles_of(request)):
        bar_from_second(sighting_id=sighting_id, official_id=official_of(request).pk)
    return sighting_page(request, found)


def sighting_page(request: HttpRequest, found: Detail) -> HttpResponse:
    shown = {
        "account": account(found, now=clock.now()),
        "may_review": may(request, Permission.REVIEW_READ),
        "documents": [document_line(one) for one in found.documents],
        "may_task": may(request, Permission.TASK_READ),
        "may_export": may(request, Permission.RECORD_EXPORT),
        "may_refer": may(request, Permission.REFERRAL_SEND),
    }
    return render(request, "console/sighting.html", shown)
