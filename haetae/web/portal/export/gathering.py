"""What belongs into a copy of a case, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from haetae.agencies.support import queries as support
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.models import Case
from haetae.agencies.support.proof.queries import Issued, issue
from haetae.agencies.support.queries import Said, Written
from haetae.agencies.support.steering.queries import hashes_of
from haetae.audit import queries as events
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.overview.places import Place, Places, places_of_case
from haetae.hashbank.models import KnownPicture
from haetae.web.portal.mine.lines import PlaceLine, line_of

# A picture that is everywhere makes a long copy, and no endless one.
_PLACES_MOST: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Copied:
    """One place: as people read it, as it lies in the tables, and its address where the person may know it."""

    line: PlaceLine
    place: Place
    page_url: str


@dataclass(frozen=True, kw_only=True)
class Copy:
    """`events` are those of the case, of its links and of the places that may be named; `leaves` by their ids."""

    case: Case
    made_at: datetime
    texts: Sequence[Said]
    messages: Sequence[Written]
    links: Sequence[Report]
    codes: Sequence[KnownPicture]
    found: Places
    places: Sequence[Copied]
    proof: Issued
    events: Sequence[Event]
    leaves: dict[int, int]


def gather(opened: OpenCase) -> Copy:
    """Raises WrongKeyError."""
    case = opened.case
    found = places_of_case(case, most=_PLACES_MOST)
    links = support.reports_of(case)
    named = [place.row.sighting_id for place in found.places if place.named]
    sightings = Sighting.objects.in_bulk(named)
    told = _events(case, links, found.places)
    return Copy(
        case=case,
        made_at=clock.now(),
        texts=support.texts_of(opened),
        messages=support.messages_of(opened),
        links=links,
        codes=[row.known for row in hashes_of(case)],
        found=found,
        places=[
            Copied(
                line=line_of(place),
                place=place,
                page_url=sightings[place.row.sighting_id].page_url if place.named else "",
            )
            for place in sorted(found.places, key=lambda one: one.number)
        ],
        proof=issue(opened),
        events=told,
        leaves=events.leaves_of(event.pk for event in told),
    )


def _events(case: Case, links: Sequence[Report], places: Sequence[Place]) -> list[Event]:
    """An event of a place that may not be named could lead there, so none of those is in it."""
    about: list[UUID] = [case.pk, *(report.pk for report in links)]
    found = list(events.about(about))
    found += [event for place in places if place.named for event in place.happened]
    return sorted(found, key=lambda event: event.pk)
