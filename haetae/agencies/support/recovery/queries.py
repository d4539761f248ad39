"""Everything that reads requests for new words."""

from uuid import UUID

from haetae.agencies.support.recovery.models import NewWords
from haetae.agencies.support.recovery.states import OPEN


def running(case_id: UUID) -> NewWords | None:
    """The request that has not ended, with who asked and who confirmed."""
    rows = NewWords.objects.select_related("asked_by", "confirmed_by")
    return rows.filter(case_id=case_id, state__in=sorted(OPEN)).first()


def get_request(request_id: UUID) -> NewWords:
    """Raises NewWords.DoesNotExist."""
    return NewWords.objects.select_related("case").get(pk=request_id)
