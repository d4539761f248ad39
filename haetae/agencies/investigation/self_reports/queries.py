"""Everything that reads self-reports. The list holds no text; one officer reads it, then whoever works on its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.agencies.investigation.self_reports.states import State
from haetae.common.case_keys import open_text


class NotYoursToReadError(LookupError):
    """A code of why this official does not read what somebody told."""


@dataclass(frozen=True, kw_only=True)
class Read:
    row: SelfReport
    told: str
    contact: str


def waiting() -> Sequence[SelfReport]:
    """What nobody has taken up, the oldest first."""
    return list(SelfReport.objects.filter(state=State.WAITING).order_by("made_at", "pk"))


def taken_by(official_id: UUID) -> Sequence[SelfReport]:
    """What this officer has taken up and neither filed nor closed, the oldest first."""
    rows = SelfReport.objects.filter(state=State.TAKEN, taken_by=official_id)
    return list(rows.order_by("made_at", "pk"))


def read_by(report_id: UUID, official_id: UUID) -> Read:
    """For the officer who has taken it up, until it lies in a file or is closed.

    Raises NotYoursToReadError, also for a number that is none.
    """
    row = SelfReport.objects.filter(pk=report_id, state=State.TAKEN, taken_by=official_id).first()
    if row is None:
        raise NotYoursToReadError("self_report_of_another")
    return _read(row)


def of_file(opened: OpenFile) -> Sequence[Read]:
    """What lies in a file, for whoever works on it; the oldest first. Raises WrongKeyError."""
    rows = SelfReport.objects.filter(investigation=opened.investigation).order_by("made_at", "pk")
    return [_read(row) for row in rows]


def _read(row: SelfReport) -> Read:
    key = settings.KEYS.open_case_key(bytes(row.key_for_custodian), case_id=row.pk)
    contact = open_text(row.contact, key=key, about=row.pk) if row.contact is not None else ""
    return Read(row=row, told=open_text(row.told, key=key, about=row.pk), contact=contact)
