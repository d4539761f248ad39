"""Everything that reads reports and sightings."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.common.sealed import search_digest
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.arrival.states import State


def get_report(report_id: UUID) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.get(pk=report_id)


def get_sighting(sighting_id: UUID) -> Sighting:
    """With its operator. Raises Sighting.DoesNotExist."""
    return Sighting.objects.select_related("operator").get(pk=sighting_id)


def newest_sightings() -> QuerySet[Sighting]:
    """All sightings with their operators, the newest first."""
    return Sighting.objects.select_related("operator").order_by("-found_at")


def count() -> int:
    """How many sightings there are."""
    return Sighting.objects.count()


def is_reported(sighting_id: UUID) -> bool:
    """Whether a person has told us about this place."""
    return Report.objects.filter(sightings=sighting_id).exists()


def places_not_seen_yet(media_urls: Iterable[str]) -> set[str]:
    """Those of the addresses at which nothing has been sighted so far."""
    by_digest = {search_digest(url): url for url in media_urls}
    known = Sighting.objects.filter(locator_digest__in=by_digest).values_list("locator_digest", flat=True)
    return set(by_digest.values()) - {by_digest[digest] for digest in known}


def reports_without_a_sighting() -> QuerySet[Report]:
    """Reports whose link led nowhere, the newest first: people look at them."""
    return Report.objects.filter(state=State.NOT_FOUND).order_by("-received_at")


def sighting_at(media_url: str) -> Sighting | None:
    """What was sighted at this address of a picture, if anything."""
    return Sighting.objects.filter(locator_digest=search_digest(media_url)).first()
