"""The ministry's yearly check of one report, and a training that two officials order; and the answer to a plan."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.incidents import rules as incidents
from haetae.agencies.education.incidents.actions import answer_plan
from haetae.agencies.education.models import Incident, Training, Year
from haetae.agencies.education.states import IncidentState, TrainingState, YearState
from haetae.agencies.education.years import actions, rules
from haetae.common import clock
from haetae.flow.issued.queries import of_subject
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.education.desk import incident_line, year_line
from haetae.web.console.education.own import GET_TOO, tried
from haetae.web.console.rights import official_of
from haetae.web.sent import day_in
from haetae.web.words.education import TRAININGS, education_refusal, mark, poor_words


@needs(Permission.EDUCATION_SUPERVISE)
@require_safe
def report(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """What was reported, what counts as poor, and what may be done."""
    return _page(request, _report(teaching_id))


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def answer(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """Accepted or returned."""
    sent = request.POST.get("answer", "")
    after = YearState(sent) if sent in set(YearState) else YearState.OPEN
    return _done(
        request,
        teaching_id,
        lambda by: actions.answer_report(
            year_id=teaching_id, answer=after, why=request.POST.get("why", ""), official_id=by.pk
        ),
    )


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def propose(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """A training, as the first of two officials."""
    return _done(
        request,
        teaching_id,
        lambda by: actions.propose_training(year_id=teaching_id, official_id=by.pk),
    )


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def order(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """The second official orders it."""
    return _done(
        request,
        teaching_id,
        lambda by: actions.order_training(year_id=teaching_id, official_id=by.pk),
    )


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def drop(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """What was proposed is not ordered."""
    return _done(
        request, teaching_id, lambda by: actions.drop_training(year_id=teaching_id, official_id=by.pk)
    )


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def trained(request: HttpRequest, teaching_id: UUID) -> HttpResponse:
    """The managers were trained."""
    return _done(
        request,
        teaching_id,
        lambda by: actions.training_done(
            year_id=teaching_id, on=day_in(request, "on", code="session_day"), official_id=by.pk
        ),
    )


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def told(request: HttpRequest, told_id: UUID) -> HttpResponse:
    """An incident that was told, its plan, and the answer to it."""
    found = _told(told_id)
    if request.method != "POST":
        return _incident(request, found)
    sent = request.POST.get("answer", "")
    after = IncidentState(sent) if sent in set(IncidentState) else IncidentState.NOTED
    problem = tried(
        request,
        lambda by: answer_plan(
            incident_id=told_id, answer=after, why=request.POST.get("why", ""), official_id=by.pk
        ),
        institution_id=found.institution_id,
    )
    if problem:
        return _incident(request, found, problem=problem, status=409)
    return redirect("console:told", told_id)


def _report(teaching_id: UUID) -> Year:
    try:
        return queries.get_year(teaching_id)
    except Year.DoesNotExist as missing:
        raise Http404 from missing


def _told(told_id: UUID) -> Incident:
    try:
        return queries.get_told_incident(told_id)
    except Incident.DoesNotExist as missing:
        raise Http404 from missing


def _done(request: HttpRequest, teaching_id: UUID, act: Callable[[Official], object]) -> HttpResponse:
    found = _report(teaching_id)
    if request.method == "POST":
        try:
            problem = tried(request, act, institution_id=found.institution_id)
        except Training.DoesNotExist:
            problem = "training_over"
        if problem:
            return _page(request, _report(teaching_id), problem=problem, status=409)
    return redirect("console:teaching", teaching_id)


def _page(request: HttpRequest, found: Year, *, problem: str = "", status: int = 200) -> HttpResponse:
    training, owed = queries.training_of(found.pk), load_pack(settings.JURISDICTION).teaching
    state = TrainingState(training.state) if training else None
    why_not_order = (
        rules.why_not_order(state, proposed_by=training.proposed_by_id, by=official_of(request).pk)
        if training and state is TrainingState.PROPOSED
        else None
    )
    shown = {
        "report": found,
        "line": year_line(found),
        "figures": rules.Figures(**found.figures) if found.figures else None,
        "asked": owed.amount,
        "percent": owed.targets.staff_share_percent,
        "poor": poor_words(found.poor),
        "may_answer": YearState(found.state) is YearState.SENT,
        "may_propose": rules.why_not_propose(
            found.poor, state=YearState(found.state), waits=training is not None
        )
        is None,
        "training": training,
        "training_mark": mark(TRAININGS, state) if state else None,
        "is_proposed": state is TrainingState.PROPOSED,
        "is_running": state in {TrainingState.ORDERED, TrainingState.LATE},
        "why_not_order": education_refusal(why_not_order) if why_not_order else "",
        "letter": next(iter(of_subject(training.pk)), None) if training else None,
        "today": timezone.localdate(clock.now()).isoformat(),
        "why_most": rules.WHY_LONGEST,
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/check.html", shown, status=status)


def _incident(request: HttpRequest, found: Incident, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "incident": found,
        "institution": found.institution,
        "line": incident_line(found),
        "plans": queries.plans_of(found.pk),
        "may_answer": IncidentState(found.state) is IncidentState.PLANNED,
        "why_most": incidents.WHY_LONGEST,
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/told.html", shown, status=status)
