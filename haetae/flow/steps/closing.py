"""A file is closed when nothing in it has to be written any more: the rooms do not know each other, and are asked."""

from uuid import UUID

from django.db import transaction

from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.actions import CannotInvestigateError
from haetae.agencies.investigation.files.models import Investigation
from haetae.agencies.investigation.files.queries import opened_by
from haetae.agencies.investigation.undercover.queries import is_unfinished


@transaction.atomic
def close_file(*, investigation_id: UUID, official_id: UUID) -> None:
    """Not while an operation waits, runs, or lacks its report: nobody could end or report it any more.

    Twice is once. Raises NotYoursError, CannotInvestigateError.
    """
    # Locked first: nobody applies for an operation in between.
    Investigation.objects.select_for_update().filter(pk=investigation_id).first()
    opened_by(investigation_id, official_id)
    if is_unfinished(investigation_id):
        raise CannotInvestigateError("file_undercover")
    files.close(investigation_id=investigation_id, official_id=official_id)
