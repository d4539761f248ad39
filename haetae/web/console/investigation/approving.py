"""What was laid before a prosecutor: requests to keep data, decided by somebody who neither asked nor works on it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.preservation import actions, queries, rules
from haetae.agencies.investigation.preservation.actions import CannotKeepError
from haetae.agencies.investigation.preservation.models import Preservation
from haetae.agencies.investigation.preservation.states import WAITS, Origin, State
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.deadlines.queries import of_subjects
from haetae.web.access import needs
from haetae.web.console.investigation.acting import GET_TOO
from haetae.web.console.investigation.preserving import FIELDS, law_shown, wanted_in
from haetae.web.console.lines import due
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in
from haetae.web.words.official_requests import ORIGINS, keeping_mark, official_refusal
from haetae.web.words.times import moment


@needs(Permission.PRESERVATION_APPROVE)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, the urgent ones first, and what this prosecutor decided. No file is shown, and no name."""
    now, official = clock.now(), official_of(request)
    rows = queries.laid_before(official.pk)
    dues = {one.subject_id: one for one in of_subjects(row.pk for row in rows) if one.due_at}
    shown = law_shown() | {
        "rows": [
            {
                "row": row,
                "mark": keeping_mark(row.state),
                "origin": ORIGINS[Origin(row.origin)],
                "applied": moment(row.applied_at, now=now),
                "due": due(dues[row.pk], now=now) if row.state == State.URGENT and row.pk in dues else None,
            }
            for row in rows
        ]
    }
    return render(request, "console/investigation/approvals.html", shown)


@needs(Permission.PRESERVATION_APPROVE)
@require_safe
def one(request: HttpRequest, preservation_id: UUID) -> HttpResponse:
    """What was laid before them; that it was read is recorded."""
    row = _found(request, preservation_id)
    actions.read(preservation_id=row.pk, official_id=official_of(request).pk)
    return _page(request, row)


@needs(Permission.PRESERVATION_APPROVE)
@require_http_methods(GET_TOO)
def decide(request: HttpRequest, preservation_id: UUID) -> HttpResponse:
    """Yes, or no with why."""
    row, official = _found(request, preservation_id), official_of(request)
    if request.method == "POST":
        said = request.POST.get("approves", "")
        try:
            if said not in {"yes", "no"}:
                raise CannotKeepError("not_chosen")
            actions.decide(
                preservation_id=row.pk,
                approves=said == "yes",
                why=request.POST.get("why", "").replace("\r\n", "\n"),
                official_id=official.pk,
            )
        except CannotKeepError as refused:
            actions.refused(code=str(refused), official_id=official.pk, preservation_id=row.pk)
            return _page(request, row, problem=str(refused), status=409)
    return redirect("console:approval", row.pk)


@needs(Permission.PRESERVATION_APPROVE)
@require_http_methods(GET_TOO)
def order(request: HttpRequest) -> HttpResponse:
    """By themselves, in a file of which something was laid before them; its number is on what was."""
    official, problem = official_of(request), ""
    if request.method == "POST":
        try:
            found = actions.order(
                investigation_id=uuid_in(request, "file") or new_id(),
                wanted=wanted_in(request),
                form_key=uuid_in(request, "form_key") or new_id(),
                official_id=official.pk,
            )
        except CannotKeepError as refused:
            problem = str(refused)
            actions.refused(code=problem, official_id=official.pk)
        else:
            return redirect("console:approval", found)
    shown = law_shown() | {
        "sent": {name: request.POST.get(name, request.GET.get(name, "")) for name in ("file", *FIELDS)},
        "problem": official_refusal(problem) if problem else "",
        "longest": rules.TEXT_LONGEST,
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/investigation/approval_new.html", shown, status=422 if problem else 200)


def _found(request: HttpRequest, preservation_id: UUID) -> Preservation:
    try:
        return queries.laid_one(preservation_id, official_of(request).pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _page(request: HttpRequest, row: Preservation, *, problem: str = "", status: int = 200) -> HttpResponse:
    now, wanted = clock.now(), queries.wanted_of(row)
    clocks = [one for one in of_subjects([row.pk]) if one.state == "set" and one.due_at]
    shown: dict[str, Any] = law_shown() | {
        "row": row,
        "mark": keeping_mark(row.state),
        "origin": ORIGINS[Origin(row.origin)],
        "applied": moment(row.applied_at, now=now),
        "sent_at": moment(row.sent_at, now=now) if row.sent_at else None,
        "due": due(clocks[0], now=now) if clocks else None,
        "wanted": wanted,
        "accounts": "\n".join(wanted.accounts),
        "waits": queries.standing_of(row) in WAITS,
        "why": request.POST.get("why", ""),
        "longest": rules.TEXT_LONGEST,
        "problem": official_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/approval.html", shown, status=status)
