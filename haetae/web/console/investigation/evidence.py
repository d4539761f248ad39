"""Evidence of a file, for its officers: what was asked for, how it stands, its chain; never what is in it."""

from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture import actions
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.rules import LONGEST_ADDRESS, MATERIAL_LONGEST
from haetae.agencies.investigation.evidence.states import Origin
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.states import State as File
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.investigation.evidence_shown import facts_of, line_of
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in
from haetae.web.words.evidence import ORIGINS, evidence_refusal
from haetae.web.words.investigations import investigation_refusal

GET_TOO: Final = ["GET", "HEAD", "POST"]


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def listed(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """What this file asked to keep, and the form that asks for more. Sent twice it is one."""
    if request.method != "POST":
        return _page(request, opened)
    try:
        piece = _asked(request, opened)
    except (CannotKeepError, NotYoursError) as refused:
        code, by = str(refused), official_of(request).pk
        files.refused(investigation_id=opened.investigation.pk, code=code, official_id=by)
        return _page(request, opened, problem=code, status=409)
    return redirect("console:investigation_evidence_one", opened.investigation.pk, piece.pk)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def one(request: HttpRequest, opened: OpenFile, evidence_id: UUID) -> HttpResponse:
    """One piece: how it stands, its digests, its chain."""
    try:
        piece = queries.get_evidence(evidence_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if piece.investigation_id != opened.investigation.pk:
        raise Http404
    shown = facts_of(piece, address=queries.address_of(piece, key=opened.key))
    return render(request, "console/investigation/evidence_one.html", shown | {"file": opened.investigation})


def _asked(request: HttpRequest, opened: OpenFile) -> Evidence:
    sent, form_key = request.POST, uuid_in(request, "form_key") or new_id()
    file_id, by = opened.investigation.pk, official_of(request).pk
    if "material" in sent:
        origin = sent.get("origin", "")
        if origin not in {Origin.UNDERCOVER, Origin.STATEMENT}:
            raise CannotKeepError("evidence_material")
        return actions.keep_material(
            investigation_id=file_id,
            origin=Origin(origin),
            text=sent["material"],
            form_key=form_key,
            official_id=by,
        )
    return actions.ask(
        investigation_id=file_id, address=sent.get("address", ""), form_key=form_key, official_id=by
    )


def _page(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    pieces = queries.of_file(opened.investigation.pk)
    words = evidence_refusal(problem) if problem else ""
    shown: dict[str, Any] = {
        "file": opened.investigation,
        "name": opened.name,
        "is_closed": opened.investigation.state == File.CLOSED,
        "lines": [
            line_of(piece, address=queries.address_of(piece, key=opened.key), now=now) for piece in pieces
        ],
        "problem": investigation_refusal(problem) if words == problem else words,
        "sent": request.POST,
        "form_key": request.POST.get("form_key") or new_id(),
        "material_key": new_id(),
        "origins": [(code, ORIGINS[code]) for code in (Origin.UNDERCOVER, Origin.STATEMENT)],
        "waits_minutes": int(queries.waits_for(opened.investigation).total_seconds() // 60),
        "longest": LONGEST_ADDRESS,
        "material_longest": MATERIAL_LONGEST,
        "custodians": len(queries.keys_now()),
    }
    return render(request, "console/investigation/evidence.html", shown, status=status)
