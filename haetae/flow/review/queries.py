"""Everything that reads reviews and blocks."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import BLOCK_ENDS, UNDECIDED, Block


def get_review(review_id: UUID) -> Review:
    """With its request, sighting and operator. Raises Review.DoesNotExist."""
    return Review.objects.select_related("request__assessment", "sighting__operator").get(pk=review_id)


def get_block(block_id: UUID) -> ProvisionalBlock:
    """With its request, sighting and operator. Raises ProvisionalBlock.DoesNotExist."""
    return ProvisionalBlock.objects.select_related("request__assessment", "sighting__operator").get(
        pk=block_id
    )


def undecided() -> QuerySet[Review]:
    """What waits for a decision, the oldest first."""
    rows = Review.objects.select_related("request", "sighting__operator")
    return rows.filter(state__in=sorted(UNDECIDED)).order_by("opened_at")


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Review]:
    """Every review about these places with its opinions, the oldest first."""
    rows = Review.objects.filter(sighting_id__in=list(sighting_ids))
    return rows.prefetch_related("opinions").order_by("opened_at")


def blocks_of(sighting_ids: Iterable[UUID]) -> QuerySet[ProvisionalBlock]:
    """Every block of these places, the newest last."""
    return ProvisionalBlock.objects.filter(sighting_id__in=list(sighting_ids)).order_by("changed_at")


def running_block(sighting_id: UUID) -> ProvisionalBlock | None:
    """The block that has not ended, if there is one."""
    return blocks_of([sighting_id]).exclude(state__in=sorted(BLOCK_ENDS)).first()


def kept_blocks() -> QuerySet[ProvisionalBlock]:
    """What is decided to be shown again and waits for other cases with the same picture."""
    return ProvisionalBlock.objects.select_related("request__assessment").filter(state=Block.KEPT)


def has_been_objected(request_id: UUID) -> bool:
    """Whether an objection to what may stay has been taken up already."""
    return Review.objects.filter(request_id=request_id, because="objection").exists()
