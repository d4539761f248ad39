"""The way to write in a file: its row is locked first, so that nobody closes it in between."""

from uuid import UUID

from haetae.agencies.investigation.files import queries
from haetae.agencies.investigation.files.models import Investigation
from haetae.agencies.investigation.files.queries import OpenFile


def locked_file(investigation_id: UUID, official_id: UUID) -> OpenFile:
    """The file with its key, held until the transaction ends. Raises NotYoursError."""
    Investigation.objects.select_for_update().filter(pk=investigation_id).first()
    return queries.opened_by(investigation_id, official_id, writes=True)
