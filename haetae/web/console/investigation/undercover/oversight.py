"""What overseers read: the police commission each ended operation, the assembly the counts of a half-year."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.undercover.reports import queries
from haetae.agencies.investigation.undercover.reports.actions import read_by_commission
from haetae.agencies.investigation.undercover.reports.letters import (
    Frame,
    assembly_letter,
    commission_letter,
)
from haetae.agencies.investigation.undercover.reports.rules import (
    AssemblyReport,
    CommissionReport,
    half_of,
)
from haetae.agencies.investigation.undercover.states import WhyEnded
from haetae.common import clock
from haetae.documents.document import Language
from haetae.law.facts import Role as Agency
from haetae.law.packs import load_pack
from haetae.law.undercover import ReportField
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.documents import Form, copy_answer
from haetae.web.words.times import moment
from haetae.web.words.undercover import REPORTED, WHY_ENDED

_TEMPLATES: Final = "console/investigation/undercover"
_HALVES_BACK: Final = 6


@needs(Permission.OVERSIGHT_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What this seat is told; what it is not told stands nowhere."""
    official, now = official_of(request), clock.now()
    is_commission = queries.receives(Agency.POLICE_COMMISSION, official.pk)
    is_assembly = queries.receives(Agency.ASSEMBLY, official.pk)
    told: dict[str, Any] = {
        "is_commission": is_commission,
        "is_assembly": is_assembly,
        "reports": [
            {
                "id": one.pk,
                "ended": moment(one.ended_at, now=now),
                "why": WHY_ENDED[WhyEnded(one.why_ended)],
            }
            for one in queries.for_commission(official_id=official.pk)
            if one.ended_at is not None
        ]
        if is_commission
        else [],
        "halves": _halves() if is_assembly else [],
    }
    return render(request, f"{_TEMPLATES}/oversight.html", told)


@needs(Permission.OVERSIGHT_READ)
@require_safe
def report(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """The fields that the decree names, and nothing else of the operation. That it was read is recorded."""
    found = _commission(request, operation_id)
    told = {"rows": _rows(found), "operation_id": operation_id}
    return render(request, f"{_TEMPLATES}/report.html", told)


@needs(Permission.OVERSIGHT_READ)
@require_safe
def report_file(request: HttpRequest, operation_id: UUID, language: str, form: str) -> HttpResponse:
    """The same as a document."""
    if language not in set(Language) or form not in set(Form):
        raise Http404
    found = _commission(request, operation_id)
    frame = _frame(Agency.POLICE_COMMISSION, number=str(operation_id)[:8])
    return copy_answer(request, document=commission_letter(found, frame, Language(language)), form=Form(form))


@needs(Permission.OVERSIGHT_READ)
@require_safe
def half_year(request: HttpRequest, year: int, half: int) -> HttpResponse:
    """The counts of a half-year."""
    found = _assembly(request, year, half)
    rows = [
        (
            one.office,
            _period(one.approved_period),
            moment(one.ended_at, now=clock.now()),
            _why(one.end_reason),
        )
        for one in found.lines
    ]
    return render(request, f"{_TEMPLATES}/half_year.html", {"report": found, "rows": rows})


@needs(Permission.OVERSIGHT_READ)
@require_safe
def half_year_file(request: HttpRequest, year: int, half: int, language: str, form: str) -> HttpResponse:
    """The same as a document."""
    if language not in set(Language) or form not in set(Form):
        raise Http404
    found = _assembly(request, year, half)
    document = assembly_letter(found, _frame(Agency.ASSEMBLY, number=f"{year}-{half}"), Language(language))
    return copy_answer(request, document=document, form=Form(form))


def _commission(request: HttpRequest, operation_id: UUID) -> CommissionReport:
    try:
        return read_by_commission(operation_id=operation_id, official_id=official_of(request).pk)
    except NotYoursError as refused:
        raise Http404 from refused


def _assembly(request: HttpRequest, year: int, half: int) -> AssemblyReport:
    if half not in {1, 2}:
        raise Http404
    try:
        return queries.for_assembly(year=year, half=half, official_id=official_of(request).pk)
    except NotYoursError as refused:
        raise Http404 from refused


def _halves() -> list[tuple[int, int]]:
    """This half-year and those before it, the newest first."""
    year, half = half_of(timezone.localdate(clock.now()))
    found = []
    for _ in range(_HALVES_BACK):
        found.append((year, half))
        year, half = (year, 1) if half == 2 else (year - 1, 2)
    return found


def _rows(found: CommissionReport) -> list[tuple[Any, Any]]:
    shown: dict[ReportField, Any] = {
        ReportField.OFFICE: found.office,
        ReportField.APPROVED_PERIOD: _period(found.approved_period),
        ReportField.ENDED_AT: moment(found.ended_at, now=clock.now()).exact,
        ReportField.END_REASON: _why(found.end_reason),
        ReportField.TARGET: "; ".join(found.target),
        ReportField.METHOD: "; ".join(found.method),
        ReportField.SUMMARY: found.summary,
        ReportField.NECESSITY: found.necessity,
    }
    law = load_pack(settings.JURISDICTION).undercover.report(Agency.POLICE_COMMISSION)
    return [(REPORTED[one], shown[one]) for one in (law.fields if law else ())]


def _why(code: str) -> Any:
    return WHY_ENDED[WhyEnded(code)]


def _period(period: Any) -> str:
    now = clock.now()
    return " – ".join(moment(one, now=now).exact for one in period) if period else ""


def _frame(receiver: Agency, *, number: str) -> Frame:
    pack, day = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    police, told = pack.agency(role=Agency.POLICE, on=day), pack.agency(role=receiver, on=day)
    law = pack.undercover.report(receiver)
    return Frame(
        issuer=(police.name_ko, police.name_en),
        receiver=(told.name_ko, told.name_en),
        law=(law.citation_ko, law.citation_en) if law else ("", ""),
        on=day,
        zone=pack.zone,
        number=number,
    )
