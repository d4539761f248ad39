"""What the law asks of this operator, what it says of itself, and its yearly reports."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.designation.queries import in_force_at
from haetae.agencies.enforcement.filings import actions, queries, rules
from haetae.agencies.enforcement.filings.actions import CannotFileError
from haetae.agencies.enforcement.filings.facts.actions import CannotNoteError, note_fact
from haetae.agencies.enforcement.filings.facts.queries import facts_of
from haetae.agencies.enforcement.filings.states import Due, Origin, State, Way
from haetae.common import clock
from haetae.documents.document import Language
from haetae.flow.issued.queries import of_subject as issued_for
from haetae.web.access import needs
from haetae.web.documents import Form, document_answer
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may, official_of
from haetae.web.sent import IncompleteError, contents_sent, fact_sent, report_fields
from haetae.web.words import filings as words
from haetae.web.words.duties import duty_lines, fact_line
from haetae.web.words.times import moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.REQUEST_READ)
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Which duties it has by its size, and why."""
    return _duties(request)


@needs(Permission.REQUEST_READ)
@require_safe
def designation(request: HttpRequest, language: str, form: str) -> HttpResponse:
    """The notice by which it is designated, as it was issued."""
    found = in_force_at(operator_of_request(request).pk)
    if found is None or language not in set(Language) or form not in set(Form):
        raise Http404
    for issued in issued_for(found.pk):
        return document_answer(request, issued=issued, language=Language(language), form=Form(form))
    raise Http404


@needs(Permission.ORDER_ANSWER)
@require_http_methods(_GET_TOO)
def tell(request: HttpRequest) -> HttpResponse:
    """The operator says something of itself: its own word, and no finding."""
    if request.method != "POST":
        return redirect("operator:duties")
    operator_id, official_id = operator_of_request(request).pk, official_of(request).pk
    try:
        fact = fact_sent(request, origin=Origin.OWN_WORD)
        note_fact(operator_id=operator_id, fact=fact, official_id=official_id)
    except IncompleteError as incomplete:
        return _duties(request, problem=incomplete.code)
    except CannotNoteError as refused:
        actions.refused(operator_id=operator_id, code=refused.code, official_id=official_id)
        return _duties(request, problem=refused.code)
    return redirect("operator:duties")


@needs(Permission.ORDER_ANSWER)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The years for which a report is expected, and every version that there is."""
    operator, now = operator_of_request(request), clock.now()
    expected = list(queries.expected_of(operator.pk))
    lines = [_line(row, now=now) for row in queries.all_of(operator.pk)]
    shown = {
        "expected": [
            {
                "year": row.year,
                "words": words.DUES[row.state],
                "is_missing": row.state == Due.MISSING,
                "waits": row.state != Due.FILED,
                "due": moment(row.due_at, now=now),
            }
            for row in expected
        ],
        "reports": lines,
        "last_year": timezone.localdate(now).year - 1,
    }
    return render(request, "operator/filing/reports.html", shown)


@needs(Permission.ORDER_ANSWER)
@require_http_methods(_GET_TOO)
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The form of one year: kept as a draft, or handed in."""
    if request.method != "POST":
        return _report(request, year)
    operator_id, official_id = operator_of_request(request).pk, official_of(request).pk
    try:
        report_id = actions.keep_draft(
            operator_id=operator_id,
            year=year,
            contents=contents_sent(request),
            way=Way.DESK,
            official_id=official_id,
        )
        if "send" in request.POST:
            actions.send(report_id=report_id, official_id=official_id)
            return redirect("operator:reports")
    except IncompleteError as incomplete:
        return _report(request, year, problem=incomplete.code, status=422)
    except CannotFileError as refused:
        return _refused(request, year, refused.code, operator_id=operator_id, official_id=official_id)
    return _report(request, year, kept=True)


def _refused(
    request: HttpRequest, year: int, code: str, *, operator_id: UUID, official_id: UUID
) -> HttpResponse:
    actions.refused(operator_id=operator_id, code=code, official_id=official_id)
    return _report(request, year, problem=code, status=422)


def _line(row: Any, *, now: Any) -> dict[str, Any]:
    tone, shape, said = words.STATES[State(row.state)]
    return {
        "report": row,
        "tone": tone,
        "shape": shape,
        "words": said,
        "sent": moment(row.sent_at, now=now) if row.sent_at else None,
        "why": words.RETURNED.get(row.why_returned, ""),
    }


def _report(
    request: HttpRequest, year: int, *, problem: str = "", kept: bool = False, status: int = 200
) -> HttpResponse:
    """With what was sent and not taken; otherwise the draft, or the last version as a basis for a correction."""
    operator = operator_of_request(request)
    newest = queries.reports_of(operator.pk, year).first()
    if request.method == "POST":
        fields = report_fields(request.POST)
        numbers: dict[str, Any] = {name: request.POST.get(name, "") for name in ("received", "removed")}
    else:
        fields = report_fields(queries.contents_of(newest).texts if newest else {})
        numbers = {"received": newest.received, "removed": newest.removed} if newest else {}
    shown = {
        "year": year,
        "fields": fields,
        "numbers": numbers,
        "waits": newest is not None and State(newest.state) is State.SENT,
        "is_correction": newest is not None and State(newest.state) not in {State.DRAFT, State.SENT},
        "returned": words.RETURNED.get(newest.why_returned, "") if newest else "",
        "note": newest.note if newest else "",
        "longest": rules.LONGEST,
        "kept": kept,
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "operator/filing/report.html", shown, status=status)


def _duties(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    operator, today = operator_of_request(request), timezone.localdate(clock.now())
    named = in_force_at(operator.pk)
    shown = {
        "designated": named,
        "name_by": moment(named.name_by, now=clock.now()) if named and named.name_by else None,
        "duties": duty_lines(operator.pk, day=today),
        "facts": [fact_line(row) for row in facts_of(operator.pk)],
        "may_tell": may(request, Permission.ORDER_ANSWER),
        "fact_kinds": words.FACTS.items(),
        "services": words.SERVICES.items(),
        "today": today.isoformat(),
        "last_year": today.year - 1,
        "sent": request.POST,
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "operator/filing/duties.html", shown, status=422 if problem else 200)
