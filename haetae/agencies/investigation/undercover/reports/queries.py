"""What overseers read of operations that have ended: of undisclosed ones, exactly the fields of the law."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from haetae.accounts.permissions import Role
from haetae.accounts.queries import holders_on
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.undercover import queries
from haetae.agencies.investigation.undercover.models import (
    EndReport,
    UndercoverApplication,
    UndercoverOperation,
)
from haetae.agencies.investigation.undercover.reports.rules import (
    AssemblyLine,
    AssemblyReport,
    CommissionReport,
    half_of,
)
from haetae.agencies.investigation.undercover.states import Item, State
from haetae.common import clock
from haetae.law.facts import Role as Agency
from haetae.law.packs import load_pack
from haetae.law.undercover import Operation, Threshold


def receives(agency: Agency, official_id: UUID) -> bool:
    """Whether somebody sits in this overseeing agency today."""
    day = timezone.localdate(clock.now())
    return official_id in holders_on(agency, role=Role.OVERSIGHT, day=day)


def report_of(operation: UndercoverOperation, *, key: bytes) -> dict[str, str]:
    """The officer's end report: `reason` and `summary`, or nothing yet."""
    found = EndReport.objects.filter(operation=operation).first()
    return queries.words_of(found.words, key=key, about=found.pk) if found else {}


def for_commission(*, official_id: UUID) -> Sequence[UndercoverOperation]:
    """Every undisclosed operation that has ended, the newest end first; no words of any. Raises NotYoursError."""
    _check(Agency.POLICE_COMMISSION, official_id)
    return list(_ended().order_by("-ended_at", "pk"))


def commission_report(operation_id: UUID, *, official_id: UUID) -> CommissionReport:
    """One of them. Raises NotYoursError for strangers, for what has not ended and for assumed identities."""
    _check(Agency.POLICE_COMMISSION, official_id)
    operation = _ended().filter(pk=operation_id).first()
    if operation is None or operation.ended_at is None:
        raise NotYoursError("report_unknown")
    key = files.key_of(operation.investigation)
    asked, items = _asked(operation, key=key), queries.items_in_words(operation, key=key)
    return CommissionReport(
        office=asked["office"],
        approved_period=_period(operation),
        ended_at=operation.ended_at,
        end_reason=operation.why_ended,
        target=[text for _, text in items[Item.TARGET]],
        method=[text for _, text in items[Item.METHOD]],
        summary=report_of(operation, key=key).get("summary", ""),
        necessity=asked["thresholds"][Threshold.NECESSITY],
    )


def for_assembly(*, year: int, half: int, official_id: UUID) -> AssemblyReport:
    """The half-year's counts for a seat in the assembly. Raises NotYoursError."""
    _check(Agency.ASSEMBLY, official_id)
    zone = load_pack(settings.JURISDICTION).zone
    lines = []
    for operation in _ended().order_by("ended_at", "pk"):
        assert operation.ended_at is not None
        if half_of(operation.ended_at.astimezone(zone).date()) != (year, half):
            continue
        asked = _asked(operation, key=files.key_of(operation.investigation))
        lines.append(
            AssemblyLine(
                office=asked["office"],
                approved_period=_period(operation),
                ended_at=operation.ended_at,
                end_reason=operation.why_ended,
            )
        )
    return AssemblyReport(year=year, half=half, lines=lines)


def _ended() -> QuerySet[UndercoverOperation]:
    rows = UndercoverOperation.objects.filter(kind=Operation.UNDISCLOSED, state=State.ENDED)
    return rows.select_related("investigation")


def _asked(operation: UndercoverOperation, *, key: bytes) -> dict[str, Any]:
    first = UndercoverApplication.objects.get(operation=operation, number=1)
    return queries.words_of(first.words, key=key, about=first.pk)


def _period(operation: UndercoverOperation) -> tuple[datetime, datetime] | None:
    permits = queries.permits_of(operation)
    return (permits[0].valid_from, permits[-1].valid_until) if permits else None


def _check(agency: Agency, official_id: UUID) -> None:
    if not receives(agency, official_id):
        raise NotYoursError("not_your_desk")
