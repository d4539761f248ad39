"""The ministry's register: who has reported and who has not, incidents with their times, and one institution."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.colleagues.rules import NAME_LONGEST
from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.institutions import actions, rules
from haetae.agencies.education.models import Institution, Year
from haetae.agencies.education.states import InstitutionKind, YearState
from haetae.agencies.education.years.actions import expect_year
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.education.desk import incident_line, year_line
from haetae.web.console.education.own import GET_TOO, tried
from haetae.web.sent import IncompleteError, number_in, uuid_in
from haetae.web.words.education import KINDS, YEARS, education_refusal, poor_words


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def register(request: HttpRequest) -> HttpResponse:
    """All institutions with their report of a year, and the form for another institution."""
    if request.method != "POST":
        return _page(request)
    form_key, made = uuid_in(request, "form_key") or new_id(), []

    def entered(by: Any) -> None:
        kind = request.POST.get("kind", "")
        if kind not in set(InstitutionKind):
            raise IncompleteError("institution_kind")
        made.append(
            actions.register(
                name=request.POST.get("name", ""),
                kind=InstitutionKind(kind),
                office=request.POST.get("office", ""),
                staff=number_in(request.POST.get("staff", "")),
                form_key=form_key,
                official_id=by.pk,
            )
        )

    problem = tried(request, entered)
    if problem:
        return _page(request, problem=problem, status=422)
    return redirect("console:institution", made[0])


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def expect(request: HttpRequest) -> HttpResponse:
    """A report about this year is expected of every institution."""
    if request.method == "POST":
        year = number_in(request.POST.get("year", "")) or 0
        problem = tried(request, lambda by: expect_year(year=year, official_id=by.pk))
        if problem:
            return _page(request, problem=problem, status=422)
    return redirect("console:institutions")


@needs(Permission.EDUCATION_SUPERVISE)
@require_safe
def institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """One institution: who works for it, and its reports."""
    return _one(request, institution_id)


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def named(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Somebody works for it from now on; their way in is shown in this answer and never again."""
    _found(institution_id)
    if request.method != "POST":
        return redirect("console:institution", institution_id)
    made: list[str] = []
    problem = tried(
        request,
        lambda by: made.append(
            actions.name_officer(
                institution_id=institution_id,
                username=request.POST.get("name", "").lower(),
                official_id=by.pk,
            )
        ),
        institution_id=institution_id,
    )
    if problem:
        return _one(request, institution_id, problem=problem, status=409)
    where = request.build_absolute_uri(reverse("sign_in_once", kwargs={"secret": made[0]}))
    return _one(request, institution_id, link=where)


@needs(Permission.EDUCATION_SUPERVISE)
@require_http_methods(GET_TOO)
def ended(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Somebody works for it no more."""
    _found(institution_id)
    officer_id = uuid_in(request, "officer")
    if request.method == "POST" and officer_id:
        tried(
            request,
            lambda by: actions.end_officer(
                institution_id=institution_id, officer_id=officer_id, official_id=by.pk
            ),
        )
    return redirect("console:institution", institution_id)


def _found(institution_id: UUID) -> Institution:
    try:
        return queries.get_institution(institution_id)
    except Institution.DoesNotExist as missing:
        raise Http404 from missing


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    years, this_year = queries.years_known(), timezone.localdate(clock.now()).year
    asked = number_in(request.GET.get("year", ""))
    year = asked if asked in years else next(iter(years), this_year)
    rows = list(queries.reports(year))
    shown = {
        "institutions": list(queries.institutions()),
        "kinds": list(KINDS.items()),
        "years": years,
        "year": year,
        "to_expect": [this_year, this_year - 1],
        "sums": _sums(rows),
        "rows": [
            {"name": row.institution.name, "line": year_line(row), "poor": poor_words(row.poor)}
            for row in rows
        ],
        "incidents": [
            {"line": incident_line(row), "name": row.institution.name} for row in queries.incidents_told()
        ],
        "name_most": rules.NAME_LONGEST,
        "sent": request.POST if problem else {},
        "form_key": request.POST.get("form_key") or new_id(),
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/register.html", shown, status=status)


def _sums(rows: Sequence[Year]) -> list[tuple[str, int]]:
    counted = queries.states_of(rows)
    return [(str(YEARS[state][2]), counted[state.value]) for state in YearState if counted[state.value]]


def _one(
    request: HttpRequest, institution_id: UUID, *, problem: str = "", link: str = "", status: int = 200
) -> HttpResponse:
    found = _found(institution_id)
    shown = {
        "institution": found,
        "kind": KINDS[InstitutionKind(found.kind)],
        "officers": queries.officers_of(found.pk),
        "years": [
            {"line": year_line(row), "poor": poor_words(row.poor)} for row in queries.years_of(found.pk)
        ],
        "name_most": NAME_LONGEST,
        "link": link,
        "whose": request.POST.get("name", ""),
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/institution.html", shown, status=status)
