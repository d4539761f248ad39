"""The report of an institution about one year: as it would be sent now, and as it was."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.models import Institution
from haetae.agencies.education.states import YearState
from haetae.agencies.education.years import rules
from haetae.agencies.education.years.actions import send_report
from haetae.common import clock
from haetae.flow.issued.queries import of_subject
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.education.desk import session_line, year_line
from haetae.web.console.education.own import GET_TOO, institution_of, tried
from haetae.web.words.education import education_refusal, poor_words


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Read, and sent once the year is over."""
    institution = institution_of(request)
    if request.method != "POST":
        return _page(request, institution, year)
    problem = tried(
        request,
        lambda by: send_report(
            institution_id=institution.pk,
            year=year,
            measures=request.POST.get("measures", "").replace("\r\n", "\n"),
            official_id=by.pk,
        ),
        institution_id=institution.pk,
    )
    if problem:
        return _page(request, institution, year, problem=problem, status=409)
    return redirect("console:teaching_year", year)


def _page(
    request: HttpRequest, institution: Institution, year: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    row = queries.years_of(institution.pk).filter(year=year).first()
    is_sent = row is not None and YearState(row.state) in {YearState.SENT, YearState.ACCEPTED}
    training = queries.training_of(row.pk) if row else None
    owed = load_pack(settings.JURISDICTION).teaching
    now_taught = rules.figures(queries.taught(institution.pk, year=year), staff_total=institution.staff)
    shown = {
        "institution": institution,
        "year": year,
        "row": row,
        "line": year_line(row) if row else None,
        "is_sent": is_sent,
        "is_over": year < timezone.localdate(clock.now()).year,
        "figures": rules.Figures(**row.figures) if row and row.figures and is_sent else now_taught,
        "sessions": [session_line(one) for one in queries.sessions_of(institution.pk, year=year)],
        "poor": poor_words(row.poor) if row else [],
        "letter": next(iter(of_subject(training.pk)), None) if training else None,
        "asked": {
            "sessions": owed.amount.sessions,
            "minutes": owed.amount.minutes,
            "percent": owed.targets.staff_share_percent,
        },
        "measures_most": rules.WHY_LONGEST,
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/year.html", shown, status=status)
