"""What somebody who sent a link may see of it: place by place, what is proven gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.overview.rows import Row, rows_of
from haetae.flow.overview.standing import newest_requests

# The page of a picture that is everywhere stays a page; the sums are over all places.
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Place:
    """`named`: the report itself led here. These come first; `number` counts from 1 in the order of finding."""

    number: int
    named: bool
    row: Row


@dataclass(frozen=True, kw_only=True)
class Places:
    """The first SHOWN places of a report and of the same pictures elsewhere; `gone` of all `count` are proven gone."""

    report: Report
    places: Sequence[Place]
    count: int
    gone: int


def places_of_report(report_id: UUID) -> Places:
    """Raises Report.DoesNotExist."""
    report = arrival.get_report(report_id)
    named = set(report.sightings.values_list("pk", flat=True))
    everywhere = assessments.sightings_with_the_same_picture(named)
    first = [*_by_finding(named), *_by_finding(everywhere - named)][:SHOWN]
    return Places(
        report=report,
        places=[
            Place(number=number, named=row.sighting_id in named, row=row)
            for number, row in enumerate(rows_of(first), start=1)
        ],
        count=len(everywhere),
        gone=newest_requests().filter(sighting__in=everywhere, state="verified").count(),
    )


def _by_finding(sighting_ids: set[UUID]) -> list[Sighting]:
    return list(arrival.newest_sightings().filter(pk__in=sighting_ids).order_by("found_at", "pk")[:SHOWN])
