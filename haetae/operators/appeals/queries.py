"""Everything that reads objections."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from haetae.audit import queries as events
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock
from haetae.operators.appeals.links import NotOurLinkError, key_in
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.rules import Standing
from haetae.operators.appeals.states import UNDECIDED
from haetae.operators.appeals.terms import Terms, terms_at

# With these something was done with the post: hidden for now, hidden for good, or deleted.
_ACTED = frozenset(
    {
        "removal.claimed",
        "removal.verified",
        "removal.access_blocked",
        "review.block_claimed",
        "review.block_seen",
    }
)


def get_appeal(appeal_id: UUID) -> Appeal:
    """With its request, sighting and operator. Raises Appeal.DoesNotExist."""
    return _whole().get(pk=appeal_id)


def appeal_of(request_id: UUID) -> Appeal | None:
    """The objection to what this request led to; there is at most one."""
    return _whole().filter(request_id=request_id).first()


def appeal_before(review_id: UUID) -> Appeal | None:
    """The objection that a review decides about, if it does about one."""
    return Appeal.objects.filter(review_id=review_id).first()


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Appeal]:
    """Every objection about these places, with its request, the oldest first."""
    rows = Appeal.objects.select_related("request").filter(request__sighting__in=list(sighting_ids))
    return rows.order_by("filed_at")


def undecided_at(sighting_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these places about which an objection is undecided."""
    rows = of_sightings(sighting_ids).filter(state__in=sorted(UNDECIDED))
    return set(rows.values_list("request__sighting_id", flat=True))


def reviews_that_decide(sighting_id: UUID) -> list[UUID]:
    """Reviews that an undecided objection waits for: they are not over when the picture is gone."""
    waiting = of_sightings([sighting_id]).filter(state__in=sorted(UNDECIDED), review_id__isnull=False)
    return [row.review_id for row in waiting if row.review_id is not None]


def linked(token: str) -> DeletionRequest | None:
    """The newest request about the place that a link was made for; None for what is no link of ours."""
    try:
        named = DeletionRequest.objects.filter(key=key_in(token)).first()
    except NotOurLinkError:
        return None
    return None if named is None else newest_at(named.sighting_id)


def newest_at(sighting_id: UUID) -> DeletionRequest | None:
    """What holds now at a place, with its operator and examination."""
    rows = DeletionRequest.objects.select_related("sighting__operator", "assessment")
    return rows.filter(sighting=sighting_id).order_by("round").last()


def acted_at(request: DeletionRequest) -> datetime | None:
    """When the operator, or our own eyes, first said that something was done with the post."""
    blocks = reviews.blocks_of([request.sighting_id]).filter(request=request).values_list("pk", flat=True)
    first = events.about([request.pk, *blocks]).filter(name__in=sorted(_ACTED)).first()
    return first.at if first else None


def shown_at(request: DeletionRequest) -> Appeal | None:
    """The objection that the poster reads of: to this request, or the one before the decision that it carries."""
    own = appeal_of(request.pk)
    if own is not None or request.review_id is None:
        return own
    return appeal_before(request.review_id)


def block_at(sighting_id: UUID) -> ProvisionalBlock | None:
    """The newest block of a place, ended or not."""
    return reviews.blocks_of([sighting_id]).last()


def is_gone_for_good(block_id: UUID) -> bool:
    """Whether the operator says that it has deleted it, and cannot put it back."""
    said = events.about([block_id]).filter(name="review.not_restored").last()
    return said is not None and said.facts.get("code") == "already_removed"


def terms_for(request: DeletionRequest) -> Terms | None:
    """None while nothing was done with the post. What is nobody's has the law at home."""
    at, operator = acted_at(request), request.sighting.operator
    return (
        None if at is None else terms_at(jurisdiction=operator.jurisdiction if operator else "", acted_at=at)
    )


def standing_of(request: DeletionRequest) -> Standing:
    """How it stands with a request, as far as an objection asks."""
    terms = terms_for(request)
    heard = request.review_id is not None and appeal_before(request.review_id) is not None
    return Standing(
        request=request.state,
        acted_at=acted_at(request),
        until=terms.until if terms else None,
        heard=heard,
        filed=appeal_of(request.pk) is not None,
    )


def _whole() -> QuerySet[Appeal]:
    return Appeal.objects.select_related("request__sighting__operator", "request__assessment")
