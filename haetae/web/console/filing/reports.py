"""One report: what it says, beside our own record; accepted or sent back, and published by another official."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.filings import actions, queries, rules
from haetae.agencies.enforcement.filings.models import TransparencyReport
from haetae.agencies.enforcement.filings.states import State, WhyReturned
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.filing.acting import GET_TOO, act, operator_or_404
from haetae.web.console.filing.filings import report_line
from haetae.web.console.rights import may, official_of
from haetae.web.sent import IncompleteError, contents_sent, number_in, report_fields
from haetae.web.words import filings as words
from haetae.web.words.compared import apart_words


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def report(request: HttpRequest, operator_id: UUID, report_id: UUID) -> HttpResponse:
    """One version of one year, with what whoever reads may do now."""
    return _page(request, operator_id, report_id)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def accept(request: HttpRequest, operator_id: UUID, report_id: UUID) -> HttpResponse:
    """Read, and our own record kept beside it as it stands now."""
    return _act(
        request,
        operator_id,
        report_id,
        lambda: actions.accept(report_id=report_id, official_id=official_of(request).pk),
    )


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def send_back(request: HttpRequest, operator_id: UUID, report_id: UUID) -> HttpResponse:
    """It comes back with reasons."""

    def run() -> None:
        why, note = request.POST.get("why", ""), request.POST.get("note", "").replace("\r\n", "\n")
        if why not in set(WhyReturned):
            raise IncompleteError("reason_missing")
        actions.send_back(
            report_id=report_id, why=WhyReturned(why), note=note, official_id=official_of(request).pk
        )

    return _act(request, operator_id, report_id, run)


@needs(Permission.ENFORCEMENT_SIGN)
@require_http_methods(GET_TOO)
def publish(request: HttpRequest, operator_id: UUID, report_id: UUID) -> HttpResponse:
    """The second of two officials signs, and everybody can read it."""
    return _act(
        request,
        operator_id,
        report_id,
        lambda: actions.publish(report_id=report_id, official_id=official_of(request).pk),
    )


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def letter(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """What came on paper, typed by an official."""
    if request.method != "POST":
        return _letter(request, operator_id)

    def run() -> None:
        year = number_in(request.POST.get("year", ""))
        if year is None:
            raise IncompleteError("report_year")
        actions.enter_letter(
            operator_id=operator_id,
            year=year,
            contents=contents_sent(request),
            official_id=official_of(request).pk,
        )

    return act(
        request,
        operator_id,
        run,
        to=reverse("console:filings_of", args=[operator_id]),
        again=lambda code: _letter(request, operator_id, problem=code, status=422),
    )


def _letter(request: HttpRequest, operator_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "operator": operator_or_404(operator_id),
        "year": request.POST.get("year") or timezone.localdate(clock.now()).year - 1,
        "fields": report_fields(request.POST),
        "numbers": {name: request.POST.get(name, "") for name in ("received", "removed")},
        "longest": rules.LONGEST,
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "console/filing/letter.html", shown, status=status)


def _act(request: HttpRequest, operator_id: UUID, report_id: UUID, run: Callable[[], None]) -> HttpResponse:
    if request.method != "POST":
        return redirect("console:report", operator_id, report_id)
    _found(operator_id, report_id)
    return act(
        request,
        operator_id,
        run,
        to=reverse("console:report", args=[operator_id, report_id]),
        again=lambda code: _page(request, operator_id, report_id, problem=code, status=409),
    )


def _found(operator_id: UUID, report_id: UUID) -> TransparencyReport:
    try:
        return queries.get_report(report_id, operator_id=operator_id)
    except TransparencyReport.DoesNotExist as missing:
        raise Http404 from missing


def _page(
    request: HttpRequest, operator_id: UUID, report_id: UUID, *, problem: str = "", status: int = 200
) -> HttpResponse:
    found = _found(operator_id, report_id)
    state, compared = State(found.state), queries.comparison_of(found)
    why_not = rules.why_not_publish(
        state, accepted_by=found.accepted_by_id, official_id=official_of(request).pk
    )
    shown = {
        "operator": found.operator,
        "line": report_line(found),
        "report": found,
        "fields": report_fields(queries.contents_of(found).texts),
        "compared": compared,
        "apart": apart_words(compared) if compared else [],
        "waits": state is State.SENT and may(request, Permission.ENFORCEMENT_PREPARE),
        "is_accepted": state is State.ACCEPTED and may(request, Permission.ENFORCEMENT_SIGN),
        "why_not_publish": words.problem_words(why_not) if why_not else "",
        "reasons": words.RETURNED.items(),
        "returned": words.RETURNED[found.why_returned] if found.why_returned else "",
        "draft": request.POST.get("note", ""),
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "console/filing/report.html", shown, status=status)
