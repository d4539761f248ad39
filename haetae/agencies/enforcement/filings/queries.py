"""Everything that reads about reports, and counts our own record beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.filings.comparing import Comparison, Ours, compare
from haetae.agencies.enforcement.filings.models import ExpectedReport, TransparencyReport
from haetae.agencies.enforcement.filings.rules import Contents
from haetae.agencies.enforcement.filings.states import Due, State
from haetae.audit.models import Event
from haetae.flow.removal.models import DeletionRequest
from haetae.law.packs import load_pack


def get_report(report_id: UUID, *, operator_id: UUID) -> TransparencyReport:
    """Raises TransparencyReport.DoesNotExist, also for another operator's."""
    return TransparencyReport.objects.select_related("operator").get(pk=report_id, operator_id=operator_id)


def reports_of(operator_id: UUID, year: int) -> QuerySet[TransparencyReport]:
    """Every version about one year, the newest first."""
    return TransparencyReport.objects.filter(operator_id=operator_id, year=year).order_by("-version")


def all_of(operator_id: UUID) -> QuerySet[TransparencyReport]:
    """Every version of every year, the newest first."""
    return TransparencyReport.objects.filter(operator_id=operator_id).order_by("-year", "-version")


def expected_of(operator_id: UUID) -> QuerySet[ExpectedReport]:
    return ExpectedReport.objects.filter(operator_id=operator_id).order_by("-year")


def draft_of(operator_id: UUID, year: int) -> TransparencyReport | None:
    return reports_of(operator_id, year).filter(state=State.DRAFT).first()


def waiting() -> QuerySet[TransparencyReport]:
    """What waits for an official: to be read, or to be signed by another; the oldest first."""
    open_ones = TransparencyReport.objects.filter(state__in=[State.SENT, State.ACCEPTED])
    return open_ones.select_related("operator").order_by("sent_at")


def not_filed() -> QuerySet[ExpectedReport]:
    """What was expected and has not come, what is late first."""
    open_ones = ExpectedReport.objects.exclude(state=Due.FILED)
    return open_ones.select_related("operator").order_by("due_at", "operator__name")


def contents_of(report: TransparencyReport) -> Contents:
    return Contents(
        received=report.received,
        removed=report.removed,
        efforts=report.efforts,
        criteria=report.criteria,
        procedure=report.procedure,
        officer=report.officer,
        training=report.training,
    )


def our_counts(year: int, *, operator_id: UUID | None = None) -> dict[UUID, Ours]:
    """Requests made in a year of our own calendar, and those of them that we saw gone since; by operator."""
    zone = load_pack(settings.JURISDICTION).zone
    begin, end = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    asked = DeletionRequest.objects.filter(requested_at__gte=begin, requested_at__lt=end)
    if operator_id is not None:
        asked = asked.filter(operator_id=operator_id)
    seen_gone = Event.objects.filter(subject_id=OuterRef("pk"), name="removal.verified")
    counted = (
        asked.filter(operator__isnull=False)
        .annotate(is_gone=Exists(seen_gone))
        .values("operator_id")
        .annotate(asked=Count("pk"), verified=Count("pk", filter=Q(is_gone=True)))
        .order_by()
    )
    return {row["operator_id"]: Ours(asked=row["asked"], verified=row["verified"]) for row in counted}


def comparison_of(report: TransparencyReport) -> Comparison | None:
    """Theirs beside ours: as it stood on acceptance, or as it stands now; None for a draft with gaps."""
    if report.received is None or report.removed is None:
        return None
    if report.our_asked is not None and report.our_verified is not None:
        ours = Ours(asked=report.our_asked, verified=report.our_verified)
    else:
        counts = our_counts(report.year, operator_id=report.operator_id)
        ours = counts.get(report.operator_id, Ours(asked=0, verified=0))
    return compare(received=report.received, removed=report.removed, ours=ours)


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """One operator and one year, as everybody may read it. `report` is the published version, if there is one."""

    operator: Operator
    report: TransparencyReport | None
    due: Due | None
    due_on: date | None


def public_years() -> Sequence[int]:
    """Every year of which something can be said, the newest first."""
    expected = ExpectedReport.objects.values_list("year", flat=True)
    published = TransparencyReport.objects.filter(state=State.PUBLISHED).values_list("year", flat=True)
    return sorted({*expected, *published}, reverse=True)


def public_lines(year: int) -> Sequence[PublicLine]:
    """Whoever published a report about the year, and whoever was expected to, by name."""
    zone = load_pack(settings.JURISDICTION).zone
    published = TransparencyReport.objects.filter(year=year, state=State.PUBLISHED)
    reports = {one.operator_id: one for one in published.select_related("operator")}
    rows = ExpectedReport.objects.filter(year=year).select_related("operator")
    expected = {one.operator_id: one for one in rows}
    operators = {one.operator_id: one.operator for one in reports.values()}
    operators |= {one.operator_id: one.operator for one in expected.values()}
    return [
        PublicLine(
            operator=operator,
            report=reports.get(operator_id),
            due=Due(expected[operator_id].state) if operator_id in expected else None,
            due_on=expected[operator_id].due_at.astimezone(zone).date() if operator_id in expected else None,
        )
        for operator_id, operator in sorted(operators.items(), key=lambda pair: pair[1].name.casefold())
    ]


def names_of(subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The operators' names, for those of these ids that are a year for which a report is expected."""
    rows = ExpectedReport.objects.filter(pk__in=list(subject_ids)).values_list("pk", "operator__name")
    return dict(rows)
