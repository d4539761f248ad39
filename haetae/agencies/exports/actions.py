"""Everything that writes about records that were handed out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.exports.models import RecordExport
from haetae.agencies.exports.rules import why_not_export
from haetae.audit.actions import record


class CannotExportError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def exported(
    *, export_id: UUID, sighting_id: UUID, court_reference: str, reason: str, digest: str, at: datetime,
    official_id: UUID,
) -> None:  # fmt: skip
    """Somebody takes the record of a place to a court: written down before a byte of it leaves.

    Raises CannotExportError.
    """
    problem = why_not_export(court_reference=court_reference, reason=reason)
    if problem:
        raise CannotExportError(problem)
    row = RecordExport.objects.create(
        pk=export_id,
        sighting_id=sighting_id,
        official_id=official_id,
        court_reference=court_reference.strip(),
        reason=reason.strip(),
        digest=digest,
        at=at,
    )
    facts = {"place": str(sighting_id), "digest": digest}
    record(event="exports.handed_out", subject=row, actor=official_actor(official_id), facts=facts)
