"""Something happened inside the institution: noted, told unless the person objects, and answered by a plan."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.incidents import actions, rules
from haetae.agencies.education.models import Incident
from haetae.agencies.education.states import PLAN_IS_OWED, Category, IncidentState, Wish
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.education.desk import incident_line
from haetae.web.console.education.own import GET_TOO, institution_of, tried
from haetae.web.sent import IncompleteError, day_in, uuid_in
from haetae.web.words.education import CATEGORIES, WISHES, education_refusal


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """The form: a category, a day, and what the person says. Nothing else is asked."""
    institution = institution_of(request)
    if request.method != "POST":
        return _form(request)
    form_key, made = uuid_in(request, "form_key") or new_id(), []

    def noted(by: Any) -> None:
        made.append(
            actions.note_incident(
                institution_id=institution.pk,
                category=Category(_chosen(request, "category", Category)),
                known_on=day_in(request, "known_on", code="incident_day"),
                by_head="by_head" in request.POST,
                wish=Wish(_chosen(request, "wish", Wish)),
                form_key=form_key,
                official_id=by.pk,
            )
        )

    problem = tried(request, noted)
    if problem:
        return _form(request, problem=problem, status=422)
    return redirect("console:incident", made[0])


@needs(Permission.EDUCATION_WORK)
@require_safe
def one(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Where it stands, and what is owed by when."""
    return _page(request, _found(request, incident_id))


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def told(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """The ministry is told."""
    found = _found(request, incident_id)
    return _done(
        request,
        found,
        lambda by: actions.tell_ministry(
            institution_id=found.institution_id, incident_id=found.pk, official_id=by.pk
        ),
    )


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def wish(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """The person says something else."""
    found = _found(request, incident_id)
    return _done(
        request,
        found,
        lambda by: actions.change_wish(
            institution_id=found.institution_id,
            incident_id=found.pk,
            wish=Wish(_chosen(request, "wish", Wish)),
            official_id=by.pk,
        ),
    )


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def plan(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """A plan is handed in."""
    found = _found(request, incident_id)
    return _done(
        request,
        found,
        lambda by: actions.send_plan(
            institution_id=found.institution_id,
            incident_id=found.pk,
            text=request.POST.get("text", "").replace("\r\n", "\n"),
            official_id=by.pk,
        ),
    )


def _done(request: HttpRequest, found: Incident, act: Any) -> HttpResponse:
    if request.method == "POST":
        problem = tried(request, act, institution_id=found.institution_id)
        if problem:
            return _page(request, found, problem=problem, status=409)
    return redirect("console:incident", found.pk)


def _chosen(request: HttpRequest, name: str, kind: Any) -> str:
    value = request.POST.get(name, "")
    if value not in set(kind):
        raise IncompleteError("incident_category")
    return value


def _found(request: HttpRequest, incident_id: UUID) -> Incident:
    try:
        return queries.get_own_incident(institution_of(request).pk, incident_id)
    except Incident.DoesNotExist as missing:
        raise Http404 from missing


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "sent": request.POST,
        "problem": education_refusal(problem) if problem else "",
        "categories": list(CATEGORIES.items()),
        "wishes": list(WISHES.items()),
        "today": timezone.localdate(clock.now()).isoformat(),
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/education/incident_new.html", shown, status=status)


def _page(request: HttpRequest, found: Incident, *, problem: str = "", status: int = 200) -> HttpResponse:
    found.refresh_from_db()
    state = IncidentState(found.state)
    shown = {
        "incident": found,
        "line": incident_line(found),
        "wish": WISHES[Wish(found.wish)],
        "may_tell": state is IncidentState.NOTED,
        "may_wish": state in {IncidentState.NOTED, IncidentState.WITHHELD},
        "is_withheld": state is IncidentState.WITHHELD,
        "may_plan": state in PLAN_IS_OWED,
        "wishes": [
            (code, words)
            for code, words in WISHES.items()
            if code.value != found.wish and rules.why_not_wish(state, code) is None
        ],
        "plans": queries.plans_of(found.pk),
        "plan_most": rules.PLAN_LONGEST,
        "plan_least": rules.PLAN_SHORTEST,
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/incident.html", shown, status=status)
