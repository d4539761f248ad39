"""What operators file, as the regulator sees it: all of them, one operator, and what is noted of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import operators
from haetae.agencies.enforcement.designation import queries as designations
from haetae.agencies.enforcement.designation.states import State as Designated
from haetae.agencies.enforcement.filings import actions, queries
from haetae.agencies.enforcement.filings.facts import actions as facts
from haetae.agencies.enforcement.filings.facts.queries import facts_of
from haetae.agencies.enforcement.filings.models import ExpectedReport, TransparencyReport
from haetae.agencies.enforcement.filings.states import Due, Origin, State
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.filing.acting import GET_TOO, act, operator_or_404
from haetae.web.console.rights import may, official_of
from haetae.web.sent import IncompleteError, fact_sent, number_in
from haetae.web.words import designation as designation_words
from haetae.web.words import filings as words
from haetae.web.words.duties import duty_lines, fact_line
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A state by word and shape."""

    tone: str
    shape: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    report_id: UUID
    operator: Operator
    year: int
    version: int
    mark: Marked
    sent: Moment | None
    way: str


@dataclass(frozen=True, kw_only=True)
class ExpectedLine:
    operator: Operator
    year: int
    words: str
    is_missing: bool
    due: Moment


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for an official first, then what has not come, then every operator."""
    open_ones = {one.operator_id: one for one in designations.all_open()}
    shown = {
        "waiting": [report_line(one) for one in queries.waiting()],
        "missing": [expected_line(one) for one in queries.not_filed()],
        "operators": [
            {
                "operator": one,
                "designation": designation_mark(open_ones[one.pk].state) if one.pk in open_ones else None,
            }
            for one in operators()
        ],
    }
    return render(request, "console/filing/listed.html", shown)


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def one(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """One operator: what the law asks of it, what is known of it, and its reports."""
    return _page(request, operator_id)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def note_fact(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """An official notes something, with its source."""

    def run() -> None:
        found = fact_sent(request, origin=Origin.FINDING)
        facts.note_fact(operator_id=operator_id, fact=found, official_id=official_of(request).pk)

    return _act(request, operator_id, run)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def withdraw_fact(request: HttpRequest, operator_id: UUID, fact_id: UUID) -> HttpResponse:
    """It was never right."""
    return _act(
        request,
        operator_id,
        lambda: facts.withdraw_fact(
            operator_id=operator_id, fact_id=fact_id, official_id=official_of(request).pk
        ),
    )


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def expect(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """A report about a year is expected, by the day of the law."""

    def run() -> None:
        year = number_in(request.POST.get("year", ""))
        if year is None:
            raise IncompleteError("report_year")
        actions.expect_report(operator_id=operator_id, year=year, official_id=official_of(request).pk)

    return _act(request, operator_id, run)


def filings_part(_request: HttpRequest, operator: Operator) -> dict[str, Any]:
    """For the operator's own page of enforcement: what `console/filing/_part.html` shows there."""
    now, operator_id = clock.now(), operator.pk
    designation = designations.open_of(operator_id)
    return {
        "operator_id": operator_id,
        "reports": [report_line(one) for one in queries.all_of(operator_id)[:5]],
        "expected": [expected_line(one) for one in queries.expected_of(operator_id)],
        "designation": designation_mark(designation.state) if designation else None,
        "changed": moment(designation.changed_at, now=now) if designation else None,
    }


def report_line(report: TransparencyReport) -> ReportLine:
    tone, shape, said = words.STATES[State(report.state)]
    return ReportLine(
        report_id=report.pk,
        operator=report.operator,
        year=report.year,
        version=report.version,
        mark=Marked(tone=tone, shape=shape, words=str(said)),
        sent=moment(report.sent_at, now=clock.now()) if report.sent_at else None,
        way=str(words.WAYS[report.way]),
    )


def expected_line(expected: ExpectedReport) -> ExpectedLine:
    return ExpectedLine(
        operator=expected.operator,
        year=expected.year,
        words=str(words.DUES[expected.state]),
        is_missing=expected.state == Due.MISSING,
        due=moment(expected.due_at, now=clock.now()),
    )


def designation_mark(state: str) -> Marked:
    tone, shape, said = designation_words.STATES[Designated(state)]
    return Marked(tone=tone, shape=shape, words=str(said))


def fact_form(*, today: date) -> dict[str, Any]:
    """What the form for a fact offers."""
    return {
        "fact_kinds": words.FACTS.items(),
        "services": words.SERVICES.items(),
        "today": today.isoformat(),
        "last_year": today.year - 1,
    }


def _act(request: HttpRequest, operator_id: UUID, run: Any) -> HttpResponse:
    return act(
        request,
        operator_id,
        run,
        to=reverse("console:filings_of", args=[operator_id]),
        again=lambda code: _page(request, operator_id, problem=code, status=422),
    )


def _page(request: HttpRequest, operator_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    operator, today = operator_or_404(operator_id), timezone.localdate(clock.now())
    shown = {
        "operator": operator,
        "duties": duty_lines(operator_id, day=today),
        "facts": [fact_line(row) for row in facts_of(operator_id)],
        "reports": [report_line(row) for row in queries.all_of(operator_id)],
        "expected": [expected_line(row) for row in queries.expected_of(operator_id)],
        "may_prepare": may(request, Permission.ENFORCEMENT_PREPARE),
        "problem": words.problem_words(problem) if problem else "",
        "sent": request.POST,
        **fact_form(today=today),
    }
    return render(request, "console/filing/one.html", shown, status=status)
