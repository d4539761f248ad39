"""What an institution has taught this year, what it owes, and what happened inside it: one page for its officer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.models import Incident, Institution, Session, Year
from haetae.agencies.education.states import (
    PLAN_IS_OWED,
    Category,
    IncidentState,
    InstitutionKind,
    Method,
    SessionState,
    TrainingState,
    YearState,
)
from haetae.agencies.education.years.rules import figures
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.words.education import CATEGORIES, INCIDENTS, KINDS, METHODS, TRAININGS, YEARS, mark
from haetae.web.words.times import moment


@needs(Permission.EDUCATION_WORK)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Whoever works for no institution reads that, and what to do."""
    try:
        institution = queries.institution_of(official_of(request).pk)
    except Institution.DoesNotExist:
        return render(request, "console/education/desk.html", {"institution": None})
    year = timezone.localdate(clock.now()).year
    shown: dict[str, Any] = {
        "institution": institution,
        "kind": KINDS[InstitutionKind(institution.kind)],
        "year": year,
        "figures": figures(queries.taught(institution.pk, year=year), staff_total=institution.staff),
        "sessions": [session_line(row) for row in queries.sessions_of(institution.pk, year=year)],
        "years": [year_line(row) for row in queries.years_of(institution.pk)],
        "last_year": year - 1,
        "incidents": [incident_line(row) for row in queries.incidents_of(institution.pk)],
        "withheld": queries.withheld(institution.pk),
        "duties": queries.duties_met(institution.pk).count(),
    }
    return render(request, "console/education/desk.html", shown)


def session_line(row: Session) -> dict[str, Any]:
    return {
        "id": row.pk,
        "on": row.on,
        "method": METHODS[Method(row.method)],
        "minutes": row.minutes,
        "people": row.learners + row.staff + row.parents,
        "is_withdrawn": SessionState(row.state) is SessionState.WITHDRAWN,
    }


def year_line(row: Year) -> dict[str, Any]:
    now = clock.now()
    training = getattr(row, "training", None)
    return {
        "id": row.pk,
        "year": row.year,
        "mark": mark(YEARS, YearState(row.state)),
        "due": moment(row.due_at, now=now),
        "is_owed": YearState(row.state) in {YearState.OPEN, YearState.MISSING, YearState.RETURNED},
        "training": mark(TRAININGS, TrainingState(training.state)) if training else None,
        "training_due": moment(training.due_at, now=now) if training and training.due_at else None,
    }


def incident_line(row: Incident) -> dict[str, Any]:
    state = IncidentState(row.state)
    is_owed = state in PLAN_IS_OWED | {IncidentState.NOTED}
    return {
        "id": row.pk,
        "number": str(row.pk)[:8],
        "known_on": row.known_on,
        "category": CATEGORIES[Category(row.category)],
        "mark": mark(INCIDENTS, state),
        "due": moment(row.plan_due_at, now=clock.now()) if row.plan_due_at and is_owed else None,
        "is_late": row.is_late and is_owed,
    }
