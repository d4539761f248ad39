"""The end report of an officer, and that an overseer has read what the law lets them read."""

import json
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError, locked
from haetae.agencies.investigation.undercover.models import EndReport, UndercoverOperation
from haetae.agencies.investigation.undercover.reports import queries
from haetae.agencies.investigation.undercover.reports.rules import CommissionReport
from haetae.agencies.investigation.undercover.rules import is_text
from haetae.agencies.investigation.undercover.states import State
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id


@transaction.atomic
def write_report(*, operation_id: UUID, reason: str, summary: str, official_id: UUID) -> None:
    """Why it ended and what came of it, once. Raises NotYoursError, CannotGoUndercoverError."""
    operation = locked(operation_id)
    opened = files.opened_by(operation.investigation_id, official_id, writes=True)
    if State(operation.state) is not State.ENDED:
        raise CannotGoUndercoverError("operation_not_over")
    if EndReport.objects.filter(operation=operation).exists():
        raise CannotGoUndercoverError("report_written")
    if not (is_text(reason) and is_text(summary)):
        raise CannotGoUndercoverError("report_missing")
    report_id = derived_id("undercover report", operation_id)
    words = {"reason": reason.strip(), "summary": summary.strip()}
    report = EndReport.objects.create(
        pk=report_id,
        operation=operation,
        words=seal_text(json.dumps(words, ensure_ascii=False), key=opened.key, about=report_id),
        written_by_id=official_id,
        written_at=clock.now(),
    )
    record(event="undercover.reported", subject=report, actor=official_actor(official_id))


@transaction.atomic
def read_by_commission(*, operation_id: UUID, official_id: UUID) -> CommissionReport:
    """One report for a seat of the police commission; each reading is recorded. Raises NotYoursError."""
    report = queries.commission_report(operation_id, official_id=official_id)
    record(
        event="undercover.report_read",
        subject=UndercoverOperation.objects.get(pk=operation_id),
        actor=official_actor(official_id),
    )
    return report
