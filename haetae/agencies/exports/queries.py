"""Everything that reads about records that were handed out."""

from uuid import UUID

from haetae.agencies.exports.models import RecordExport


def of_place(sighting_id: UUID) -> list[RecordExport]:
    """The newest first."""
    return list(RecordExport.objects.filter(sighting_id=sighting_id).order_by("-at", "pk"))
