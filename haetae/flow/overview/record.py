"""The whole record of one place, as a court may have it: what was asked, answered, seen, decided and issued.

Left out on purpose: who reported, what a person told, who voted how, and every picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.agencies.enforcement.orders.models import OrderItem
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.audit import queries as events
from haetae.audit.models import Head
from haetae.audit.proving import Proven, proven
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Sighting
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.models import Attempt
from haetae.flow.hearings import queries as hearings
from haetae.flow.hearings.models import Hearing
from haetae.flow.issued import queries as issued
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.remedies import queries as remedies
from haetae.flow.remedies.models import Remedy
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.statement import Statement
from haetae.flow.verification import queries as probes
from haetae.flow.verification.models import Probe
from haetae.operators.appeals import queries as appeals
from haetae.operators.appeals.models import Appeal

# Whose events are told. Those of reports, of a person's case and of tasks would lead to people.
_TOLD: Final = (
    "assessment.", "removal.", "delivery.", "review.", "remedies.", "verification.", "appeals.",
    "hearings.", "orders.", "sanctions.", "issued.",
)  # fmt: skip
# Who voted how, or took no part, is told in numbers; the beginning of an examination says whether somebody reported it.
_UNTOLD: Final = frozenset(
    {"assessment.opened", "review.voted", "review.recused", "review.refused", "review.proposed"}
)


@dataclass(frozen=True, kw_only=True)
class PlaceRecord:
    """`decisions` are the statements of reasons of what was decided: votes in numbers."""

    place: Sighting
    requests: Sequence[DeletionRequest]
    attempts: Sequence[Attempt]
    probes: Sequence[Probe]
    reviews: Sequence[Review]
    decisions: Sequence[Statement]
    blocks: Sequence[ProvisionalBlock]
    remedies: Sequence[Remedy]
    appeals: Sequence[Appeal]
    orders: Sequence[OrderItem]
    sanctions: Sequence[Sanction]
    hearings: Sequence[Hearing]
    documents: Sequence[IssuedDocument]
    events: Sequence[Proven]
    head: Head | None


def record_of(sighting_id: UUID) -> PlaceRecord:
    """Raises Sighting.DoesNotExist."""
    place = arrival.get_sighting(sighting_id)
    asked = list(requests.of_sighting(sighting_id))
    reviewed = list(reviews.of_sightings([sighting_id]))
    blocked = list(reviews.blocks_of([sighting_id]))
    looked = list(probes.of_requests([request.pk for request in asked]))
    others = list(remedies.of_sightings([sighting_id]))
    objected = list(appeals.of_sightings([sighting_id]))
    ordered = list(
        OrderItem.objects.select_related("order").filter(request__in=asked, order__issued_at__isnull=False)
    )
    fined = list(
        Sanction.objects.filter(order__in=[item.order_id for item in ordered], decided_at__isnull=False)
    )
    signed = [*(item.order_id for item in ordered), *(one.pk for one in fined)]
    acts = [*(one.pk for one in (*reviewed, *blocked)), *signed]
    heard, papers = list(hearings.of_subjects(acts)), issued.of_subjects(acts)
    said = list(deliveries.of_subjects(one.pk for one in (*asked, *blocked)))
    things = (place, *asked, *looked, *reviewed, *blocked, *others, *objected, *heard, *papers, *said)
    happened = list(events.about([*(thing.pk for thing in things), *acts]))
    head = events.newest_head()
    return PlaceRecord(
        place=place,
        requests=asked,
        attempts=list(deliveries.attempts_of(one.pk for one in (*asked, *blocked))),
        probes=looked,
        reviews=reviewed,
        decisions=[one for review in reviewed if (one := reviews.statement_of(review.pk)) is not None],
        blocks=blocked,
        remedies=others,
        appeals=objected,
        orders=ordered,
        sanctions=fined,
        hearings=heard,
        documents=papers,
        events=proven([one for one in happened if _is_told(one.name)], head),
        head=head,
    )


def _is_told(name: str) -> bool:
    return name.startswith(_TOLD) and name not in _UNTOLD
