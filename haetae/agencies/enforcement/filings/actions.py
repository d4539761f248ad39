"""Everything that writes about reports: expected, drafted, sent, accepted or returned, published by another."""

from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.filings import queries, rules
from haetae.agencies.enforcement.filings.models import ExpectedReport, TransparencyReport
from haetae.agencies.enforcement.filings.rules import Contents
from haetae.agencies.enforcement.filings.states import (
    DUE_MOVES,
    MOVES,
    OPEN,
    Due,
    State,
    Way,
    WhyReturned,
)
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.country.provisions import Transparency
from haetae.law.packs import load_pack


class CannotFileError(Exception):
    """`code` says what stands against it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def expect_report(*, operator_id: UUID, year: int, official_id: UUID) -> UUID:
    """The regulator expects a report about this year, by the day of the law; twice is once. Raises CannotFileError."""
    now, pack = clock.now(), load_pack(settings.JURISDICTION)
    _refuse(rules.why_not_year(year, today=timezone.localdate(now)))
    law = _yearly()
    assert law.due_on
    due_at = rules.due_at(year, due_on=law.due_on, zone=pack.zone)
    expected, is_new = ExpectedReport.objects.get_or_create(
        operator_id=operator_id,
        year=year,
        defaults={"due_at": due_at, "expected_by_id": official_id, "expected_at": now},
    )
    if not is_new:
        return expected.pk
    facts: dict[str, Fact] = {"operator": str(operator_id), "year": year}
    record(event="filings.expected", subject=expected, actor=official_actor(official_id), facts=facts)
    # What came before anybody expected it counts.
    if queries.reports_of(operator_id, year).exclude(state=State.DRAFT).exists():
        _move_due(expected, Due.FILED)
    else:
        deadlines.set_deadline(
            kind=Kind.REPORT_DUE,
            subject_id=expected.pk,
            basis=Basis.LEGAL,
            source=f"{law.source.key} {law.article}",
            due_at=due_at,
        )
    return expected.pk


@transaction.atomic
def missing(*, expected_id: UUID) -> None:
    """The day of the law has passed, and no report is there."""
    expected = ExpectedReport.objects.select_for_update().get(pk=expected_id)
    if Due(expected.state) is not Due.EXPECTED:
        return
    _move_due(expected, Due.MISSING)
    facts: dict[str, Fact] = {"operator": str(expected.operator_id), "year": expected.year}
    record(event="filings.missing", subject=expected, actor=SYSTEM, facts=facts)


@transaction.atomic
def keep_draft(*, operator_id: UUID, year: int, contents: Contents, way: Way, official_id: UUID) -> UUID:
    """A version that nobody has handed in yet, as it stands now. Raises CannotFileError.

    There is one for each year. A sent one is out of the operator's hands until it is accepted or comes back.
    """
    now = clock.now()
    _refuse(rules.why_not_year(year, today=timezone.localdate(now)) or rules.why_not_keep(contents))
    Operator.objects.select_for_update().get(pk=operator_id)
    report = queries.reports_of(operator_id, year).filter(state__in=sorted(OPEN)).first()
    if report is not None and State(report.state) is State.SENT:
        raise CannotFileError("report_waits_already")
    if report is None:
        last = queries.reports_of(operator_id, year).aggregate(last=Max("version"))["last"] or 0
        report = TransparencyReport(operator_id=operator_id, year=year, version=last + 1)
    report.way, report.entered_by_id, report.changed_at = way, official_id, now
    for name, value in asdict(contents).items():
        setattr(report, name, value.strip() if isinstance(value, str) else value)
    report.save()
    record(event="filings.drafted", subject=report, actor=official_actor(official_id), facts=_facts(report))
    return report.pk


@transaction.atomic
def send(*, report_id: UUID, official_id: UUID) -> None:
    """Handed in, once; what was expected has come, also when it is late. Raises CannotFileError."""
    report = _locked(report_id)
    if State(report.state) is not State.DRAFT:
        raise CannotFileError("report_sent_already")
    _refuse(rules.why_not_send(queries.contents_of(report)))
    report.sent_at = clock.now()
    _move(report, State.SENT)
    expected = ExpectedReport.objects.select_for_update().filter(
        operator_id=report.operator_id, year=report.year, state__in=[Due.EXPECTED, Due.MISSING]
    )
    facts = _facts(report)
    for one in expected:
        facts |= {"expected": str(one.pk), "late": Due(one.state) is Due.MISSING}
        _move_due(one, Due.FILED)
        deadlines.meet(subject_id=one.pk, kinds=[Kind.REPORT_DUE])
    record(event="filings.sent", subject=report, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def enter_letter(*, operator_id: UUID, year: int, contents: Contents, official_id: UUID) -> UUID:
    """An official types what came on paper, and it is handed in by that. Raises CannotFileError; then nothing stays."""
    report_id = keep_draft(
        operator_id=operator_id, year=year, contents=contents, way=Way.LETTER, official_id=official_id
    )
    send(report_id=report_id, official_id=official_id)
    return report_id


@transaction.atomic
def accept(*, report_id: UUID, official_id: UUID) -> None:
    """An official has read it beside our own record, which is kept as it stood then. Raises CannotFileError."""
    report = _locked(report_id)
    _refuse(rules.why_not_accept(State(report.state)))
    ours = queries.our_counts(report.year, operator_id=report.operator_id).get(report.operator_id)
    report.our_asked, report.our_verified = (ours.asked, ours.verified) if ours else (0, 0)
    report.accepted_by_id = official_id
    for older in queries.reports_of(report.operator_id, report.year).filter(state=State.ACCEPTED):
        _move(older, State.SUPERSEDED)
    _move(report, State.ACCEPTED)
    record(event="filings.accepted", subject=report, actor=official_actor(official_id), facts=_facts(report))


@transaction.atomic
def send_back(*, report_id: UUID, why: WhyReturned, note: str, official_id: UUID) -> None:
    """It comes back with reasons; the operator sends a corrected version. Raises CannotFileError."""
    report = _locked(report_id)
    _refuse(rules.why_not_accept(State(report.state)))
    if not rules.SHORTEST <= len(note.strip()) <= rules.LONGEST:
        raise CannotFileError("report_note_missing")
    report.why_returned, report.note = why, note.strip()
    _move(report, State.RETURNED)
    facts = _facts(report) | {"why": str(why)}
    record(event="filings.returned", subject=report, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def publish(*, report_id: UUID, official_id: UUID) -> None:
    """Another official than the one who accepted it signs, and everybody can read it. Raises CannotFileError."""
    report = _locked(report_id)
    _refuse(
        rules.why_not_publish(State(report.state), accepted_by=report.accepted_by_id, official_id=official_id)
    )
    for older in queries.reports_of(report.operator_id, report.year).filter(state=State.PUBLISHED):
        _move(older, State.SUPERSEDED)
    report.published_by_id, report.published_at = official_id, clock.now()
    _move(report, State.PUBLISHED)
    record(event="filings.published", subject=report, actor=official_actor(official_id), facts=_facts(report))


@transaction.atomic
def refused(*, operator_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be; called after the try was undone."""
    operator = Operator.objects.get(pk=operator_id)
    record(event="filings.refused", subject=operator, actor=official_actor(official_id), facts={"code": code})


def _yearly() -> Transparency:
    """The duty to report each year, with its day."""
    reports = load_pack(settings.JURISDICTION).country.transparency
    return next(report for report in reports if report.due_on)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotFileError(code)


def _locked(report_id: UUID) -> TransparencyReport:
    return TransparencyReport.objects.select_for_update().get(pk=report_id)


def _facts(report: TransparencyReport) -> dict[str, Fact]:
    return {"operator": str(report.operator_id), "year": report.year, "version": report.version}


def _move(report: TransparencyReport, after: State) -> None:
    check_move(MOVES, State(report.state), after)
    report.state, report.changed_at = after, clock.now()
    report.save()


def _move_due(expected: ExpectedReport, after: Due) -> None:
    assert may_move(DUE_MOVES, Due(expected.state), after)
    expected.state = after
    expected.filed_at = clock.now() if after is Due.FILED else None
    expected.save(update_fields=["state", "filed_at"])
