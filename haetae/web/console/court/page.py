"""The page on which an official takes the record of one place to a court: for which number, and why."""

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.exports.actions import CannotExportError, exported
from haetae.agencies.exports.rules import LONGEST_REFERENCE, why_not_export
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.arrival.locators import LONGEST
from haetae.flow.issued.queries import NotAsIssuedError
from haetae.flow.overview.finding import find
from haetae.flow.overview.record import record_of
from haetae.web.access import needs
from haetae.web.console.court.files import files_of, packed
from haetae.web.console.court.taking import Taken
from haetae.web.console.rights import official_of
from haetae.web.words.refusals import refusal_words

_PAGE: Final = "console/court.html"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent."""

    what: str = ""
    court_reference: str = ""
    reason: str = ""


@needs(Permission.RECORD_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def court(request: HttpRequest) -> HttpResponse:
    """One place, by number or address; what is taken is written down before it leaves."""
    if request.method != "POST":
        number = request.GET.get("place", "")[:36]
        return render(request, _PAGE, {"draft": Draft(what=number)})
    draft = Draft(
        what=request.POST.get("what", "").strip()[:LONGEST],
        court_reference=request.POST.get("court_reference", "").strip()[: LONGEST_REFERENCE + 1],
        reason=request.POST.get("reason", "").replace("\r\n", "\n"),
    )
    problem = why_not_export(court_reference=draft.court_reference, reason=draft.reason)
    place = _place(draft.what)
    if place is None:
        problem = "export_place"
    if problem is None and place is not None:
        try:
            return _handed_out(request, place, draft)
        except CannotExportError as refusal:
            problem = str(refusal)
        except NotAsIssuedError:
            problem = "export_altered"
    shown = {"draft": draft, "problem": refusal_words(problem or "")}
    return render(request, _PAGE, shown, status=422)


def _place(what: str) -> UUID | None:
    """The one place that is meant."""
    found = find(what) if what else None
    return found.rows[0].sighting_id if found is not None and found.count == 1 else None


def _handed_out(request: HttpRequest, place: UUID, draft: Draft) -> HttpResponse:
    taken = Taken(export_id=new_id(), court_reference=draft.court_reference, at=clock.now())
    content = packed(files_of(record_of(place), taken))
    exported(
        export_id=taken.export_id,
        sighting_id=place,
        court_reference=draft.court_reference,
        reason=draft.reason,
        digest=hashlib.sha256(content).hexdigest(),
        at=taken.at,
        official_id=official_of(request).pk,
    )
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="record-{taken.export_id.hex[:8]}.zip"'
    return answer
