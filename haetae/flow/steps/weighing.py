"""How urgent what waits about a place is: gathered from the rooms that know, kept in the rows that wait."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from haetae.agencies.looks import queries as looks
from haetae.common import clock
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.watching import queries as watching
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal import queries as requests
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.block import due
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks import queries as waiting
from haetae.flow.urgency import Urgency, risk_of
from haetae.hashbank import queries as hashbank


def weigh(sighting_id: UUID) -> None:
    """Put everything that waits about this place where it belongs now."""
    urgency = urgency_at(sighting_id)
    review.weigh(sighting_id=sighting_id, urgency=urgency)
    tasks.weigh(sighting_id=sighting_id, urgency=urgency)


def weigh_all_of_the_picture(sighting_id: UUID) -> None:
    """The same for every place of this picture about which something waits."""
    places = assessments.sightings_with_the_same_picture([sighting_id])
    for place in sorted(waiting.waiting_about(places) | reviews.in_review(places)):
        weigh(place)


def urgency_at(sighting_id: UUID) -> Urgency:
    """What is known of this place, and of its picture elsewhere."""
    examined = assessments.newest_examined(sighting_id)
    return Urgency(
        law_ends_at=min(filter(None, _terms_of_the_law(sighting_id)), default=None),
        minor=examined is not None and about_a_minor(examined),
        risk=risk_of(reason["code"] for reason in (examined.reasons if examined else ())),
        reported=arrival.is_reported(sighting_id),
        worded=watching.is_named_by_phrases(sighting_id),
    )


def _terms_of_the_law(sighting_id: UUID) -> Iterator[datetime | None]:
    """When a block must end, and when it ought to be gone; each where that is near or over."""
    now, block = clock.now(), reviews.running_block(sighting_id)
    yield due.ends_soon(block, at=now) if block else None
    yield requests.term_ends_soon(sighting_id, at=now)


def about_a_minor(examined: Assessment) -> bool:
    """On a list against the abuse of children, decided so before, or seen so by an official who looked.

    What a reporter says counts neither way.
    """
    if looks.looks_like_a_minor(examined):
        return True
    lists = {signal["facts"]["list_name"] for signal in examined.signals if signal["kind"] == "known_hash"}
    return hashbank.is_any_about_minors(lists) or reviews.decided_about_a_minor(examined.lineage_id)
