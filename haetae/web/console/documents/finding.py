"""The search box: an address, a number, a digest or a document's reference. What was typed stands in no address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.arrival.locators import LONGEST
from haetae.flow.overview.finding import MOST, Found, find
from haetae.web.access import needs
from haetae.web.console.documents.reading import document_line
from haetae.web.console.lines import line
from haetae.web.portal.sending import SeeOther


@needs(Permission.SIGHTING_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Goes there when it is one place; shows a list of several; says so when there is none."""
    typed = request.POST.get("what", "").strip()[:LONGEST]
    if request.method != "POST" or not typed:
        return render(request, "console/documents/find.html")
    found = find(typed)
    if found.is_nothing:
        return render(request, "console/documents/find.html", {"typed": typed, "missed": True}, status=404)
    only = _only(found)
    return SeeOther(only) if only else render(request, "console/documents/find.html", _list(found, typed))


def _only(found: Found) -> str | None:
    """The address of the one thing that was found."""
    if found.document is not None and not found.count:
        return reverse("console:document", args=[found.document.pk])
    if found.count == 1 and found.document is None:
        return reverse("console:sighting", args=[found.rows[0].sighting_id])
    return None


def _list(found: Found, typed: str) -> dict[str, object]:
    now = clock.now()
    return {
        "typed": typed,
        "lines": [line(row, now=now) for row in found.rows],
        "count": found.count,
        "more": found.count > MOST,
        "most": MOST,
        "document": document_line(found.document) if found.document else None,
    }
