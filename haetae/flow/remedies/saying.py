"""What an intermediary is told about one place, as the matter of a notice. Hashes and addresses, never a person."""

from collections.abc import Mapping
from typing import Any, Final

from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.writing import Matter, ground_of
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import Ended, Kind
from haetae.notice.document import Asked, Decision, Ground, Manipulated, Place

# A CDN, too, is asked to delete: what it holds of the place, and to fetch it no more.
_ASKED: Final[Mapping[Kind, Asked]] = {
    Kind.HOST_NOTICE: Asked.DELETE,
    Kind.CDN_NOTICE: Asked.DELETE,
    Kind.DE_INDEX: Asked.DE_INDEX,
    Kind.CACHED_COPY: Asked.REMOVE_FROM_CACHE,
    Kind.ACCESS_BLOCK: Asked.BLOCK_ACCESS,
}


def request_of(remedy: Remedy, delivery: Delivery) -> Matter:
    """What is asked of it, and on what ground: that of the request which the operator does not follow."""
    request, decision = remedy.request, None
    if request.ordered and request.review_id is not None:
        decision = Decision(review=request.review_id, ordered=request.ordered)
    return Matter(
        asked=_ASKED[Kind(remedy.kind)],
        ground=ground_of(request.assessment.signals, is_decided=decision is not None),
        decision=decision,
        **_common(remedy, delivery),
    )


def undoing_of(remedy: Remedy, delivery: Delivery) -> Matter:
    """That it undoes what it did: the picture may stay, or there is nothing left from which to keep anybody."""
    ground = Ground.NOT_HARMFUL if remedy.ended == Ended.NOT_HARMFUL else Ground.GONE
    return Matter(asked=Asked.RESTORE, ground=ground, **_common(remedy, delivery))


def _common(remedy: Remedy, delivery: Delivery) -> dict[str, Any]:
    request, sighting = remedy.request, remedy.sighting
    return {
        "place": Place(page=sighting.page_url, media=sighting.media_url),
        "kept": request.assessment.fingerprints,
        "legal_basis": request.legal_basis,
        "asked_at": delivery.waiting_since,
        "minor_protected": request.minor_protected,
        "manipulated": Manipulated.YES if request.found_manipulated else Manipulated.UNKNOWN,
    }
