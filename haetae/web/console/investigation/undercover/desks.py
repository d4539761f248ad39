"""What lies before the approver, the prosecutor and the court: they read it, and nothing else of the file."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.undercover import actions, queries, rules
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.models import UndercoverApplication
from haetae.agencies.investigation.undercover.queries import LaidBefore
from haetae.agencies.investigation.undercover.reports.queries import report_of
from haetae.agencies.investigation.undercover.states import Desk, Paper, State
from haetae.common import clock
from haetae.law.undercover import ActKind, Operation
from haetae.web.access import needs
from haetae.web.console.investigation.files import GET_TOO
from haetae.web.console.investigation.undercover import shown
from haetae.web.console.investigation.undercover.forms import decision_in
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError
from haetae.web.words.times import moment
from haetae.web.words.undercover import PAPERS, undercover_refusal

_TEMPLATES: Final = "console/investigation/undercover"
ADDRESSES: Final = {Desk.APPROVER: "approval", Desk.PROSECUTOR: "petition", Desk.COURT: "permit"}
_OTHERS_DECIDE: Final = frozenset({"same_person_applied", "same_person_petitioned"})


@needs(Permission.UNDERCOVER_APPROVE)
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """Before the head of investigation of the next higher office."""
    return _listed(request, Desk.APPROVER)


@needs(Permission.UNDERCOVER_PETITION)
@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """Before the prosecutor."""
    return _listed(request, Desk.PROSECUTOR)


@needs(Permission.UNDERCOVER_PERMIT)
@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """Before the court."""
    return _listed(request, Desk.COURT)


@needs(Permission.UNDERCOVER_APPROVE)
@require_http_methods(GET_TOO)
def approval(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application, and the decision."""
    return _paper(request, Desk.APPROVER, application_id)


@needs(Permission.UNDERCOVER_PETITION)
@require_http_methods(GET_TOO)
def petition(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application, and whether the court is asked."""
    return _paper(request, Desk.PROSECUTOR, application_id)


@needs(Permission.UNDERCOVER_PERMIT)
@require_http_methods(GET_TOO)
def permit(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One petition, and the permit with the things that the law names."""
    return _paper(request, Desk.COURT, application_id)


def _listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    now, official = clock.now(), official_of(request)
    rows = []
    for one in queries.desk_papers(desk):
        hands = queries.hands_of(one)
        is_own = official.pk in hands.members or (desk is Desk.COURT and official.pk in hands.petitioned_by)
        rows.append(
            {
                "id": one.pk,
                "is_own": is_own,
                "is_waiting": rules.desk_of(Operation(one.operation.kind), Paper(one.state)) is desk,
                "is_extension": one.number > 1,
                "is_granted": Paper(one.state) is Paper.GRANTED,  # which the state of the operation says too
                "state": PAPERS[Paper(one.state)],
                "at": moment(one.applied_at, now=now),
                "urgent_until": moment(one.operation.urgent_until, now=now)
                if one.operation.urgent_until and one.operation.state == State.URGENT
                else None,
                "operation": shown.head(one.operation),
            }
        )
    told = {"desk": desk.value, "rows": rows, "address": f"console:undercover_{ADDRESSES[desk]}"}
    return render(request, f"{_TEMPLATES}/desk.html", told)


def _paper(request: HttpRequest, desk: Desk, application_id: UUID) -> HttpResponse:
    official = official_of(request)
    try:
        laid = deciding.read(application_id=application_id, desk=desk, official_id=official.pk)
    except NotYoursError as refused:
        return _not_yours(request, application_id, desk, code=str(refused))
    if request.method != "POST":
        return _shown(request, laid, desk)
    try:
        _decide(request, laid.application, desk)
    except IncompleteError as missing:
        return _shown(request, laid, desk, problem=missing.code, status=422)
    except CannotGoUndercoverError as refused:
        code = str(refused)
        actions.denied(operation_id=laid.application.operation_id, code=code, official_id=official.pk)
        status = 422 if code.endswith("_missing") else 409
        return _shown(request, laid, desk, problem=code, status=status)
    return redirect(f"console:undercover_{ADDRESSES[desk]}", application_id)


def _not_yours(request: HttpRequest, application_id: UUID, desk: Desk, *, code: str) -> HttpResponse:
    """Whoever belongs to the file reads that another decides; to everybody else there is no such page."""
    if code not in _OTHERS_DECIDE:
        raise Http404
    found = next(one for one in queries.desk_papers(desk) if one.pk == application_id)
    if request.method == "POST":
        actions.denied(operation_id=found.operation_id, code=code, official_id=official_of(request).pk)
    told = {"why": undercover_refusal(code), "back": f"console:undercover_{ADDRESSES[desk]}s"}
    return render(request, f"{_TEMPLATES}/others.html", told, status=409 if request.method == "POST" else 403)


def _decide(request: HttpRequest, application: UndercoverApplication, desk: Desk) -> None:
    official_id, decision = official_of(request).pk, request.POST.get("decision", "")
    note = request.POST.get("note", "")
    if decision == "petition":
        if desk is not Desk.PROSECUTOR:
            raise CannotGoUndercoverError("not_your_desk")
        deciding.petition(application_id=application.pk, official_id=official_id)
    elif decision == "return":
        deciding.send_back(application_id=application.pk, desk=desk, note=note, official_id=official_id)
    elif decision == "refuse":
        deciding.refuse(application_id=application.pk, desk=desk, note=note, official_id=official_id)
    elif decision == "grant":
        deciding.grant(
            application_id=application.pk,
            desk=desk,
            decision=decision_in(request),
            official_id=official_id,
        )
    elif decision == "end":
        actions.end_from_desk(operation_id=application.operation_id, desk=desk, official_id=official_id)
    else:
        raise IncompleteError("decision_missing")


def _shown(
    request: HttpRequest, laid: LaidBefore, desk: Desk, *, problem: str = "", status: int = 200
) -> HttpResponse:
    application = UndercoverApplication.objects.select_related("operation", "applied_by").get(
        pk=laid.application.pk
    )
    operation, official = application.operation, official_of(request)
    why_not = queries.why_not_decide(application, desk=desk, official_id=official.pk)
    asked = queries.asked_scope(application)
    first = queries.applications_of(operation)[0]
    part = {Desk.APPROVER: first.decided_by_id, Desk.PROSECUTOR: first.petitioned_by_id}.get(desk)
    sent = request.POST if problem else None
    rule = queries.rule_on(operation.kind, operation.victim, at=clock.now())
    permitted = shown.permits(operation, key=laid.key)
    before: dict[str, Any] = permitted[0]["words"] if permitted else laid.words
    told: dict[str, Any] = {
        "desk": desk.value,
        "grants": desk is not Desk.PROSECUTOR,
        "address": f"console:undercover_{ADDRESSES[desk]}",
        "back": f"console:undercover_{ADDRESSES[desk]}s",
        "paper": shown.paper(application, key=laid.key),
        "begin": shown.paper(first, key=laid.key),
        "operation": shown.head(operation),
        "law": shown.law_words(rule) if rule else "",
        "may_decide": why_not is None,
        "why_not": undercover_refusal(why_not) if why_not else "",
        "acts": [
            (code, words, code in sent.getlist("acts") if sent else True)
            for code, words in shown.acts(sorted(ActKind(one) for one in asked.acts))
        ],
        "items": [
            (
                words,
                [
                    (one, text, str(one) in sent.getlist("items") if sent else True)
                    for one, text in named
                    if one in asked.items
                ],
            )
            for _, words, named in shown.items(operation, key=laid.key)
        ],
        "purpose": sent.get("purpose", "") if sent else before.get("purpose", ""),
        "scope": sent.get("scope", "") if sent else before.get("scope", ""),
        "note": sent.get("note", "") if sent else "",
        "last_day": sent.get("until", "") if sent else shown.day_of(application.until),
        "permits": permitted,
        "may_end": part == official.pk and operation.state in {State.URGENT, State.RUNNING},
        "report": report_of(operation, key=laid.key),
        "problem": undercover_refusal(problem) if problem else "",
    }
    return render(request, f"{_TEMPLATES}/paper.html", told, status=status)
