"""What is asked of one who stands between, in the same three lists as requests."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from haetae.flow.overview.desk.rows import Part
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import State

_TO_UNDO: Final = Q(state=State.WITHDRAWN, must_be_told=True)
_LISTS: Final[Mapping[Part, Q]] = {
    Part.OPEN: Q(state__in=[State.WANTED, State.SENT, State.UNDELIVERABLE, State.CLAIM_FALSE]) | _TO_UNDO,
    Part.WITH_US: Q(state__in=[State.CLAIMED, State.REFUSED, State.UNSURE]),
    Part.ENDED: Q(state__in=[State.WITHDRAWN, State.LIFTED]) & ~_TO_UNDO,
}


def remedies_of(operator_id: UUID) -> QuerySet[Remedy]:
    """Everything that is asked of this one, with places and requests."""
    found = Remedy.objects.select_related("sighting", "request")
    return found.filter(intermediary_id=operator_id)


def part_between(operator_id: UUID, part: Part) -> QuerySet[Remedy]:
    """One list: what waits longest first, the others with the newest first."""
    order = F("wanted_at").asc() if part is Part.OPEN else F("changed_at").desc()
    return remedies_of(operator_id).filter(_LISTS[part]).order_by(order, "pk")


def how_many_between(operator_id: UUID) -> dict[Part, int]:
    """How long each of the lists is."""
    counted = Remedy.objects.filter(intermediary_id=operator_id).aggregate(
        **{str(part): Count("pk", filter=lists) for part, lists in _LISTS.items()}
    )
    return {part: counted[str(part)] for part in Part}
