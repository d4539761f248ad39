"""Where it is: the places to which the links of a case led, and the links that led nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haetae.agencies.support.models import Case
from haetae.agencies.support.queries import reports_of
from haetae.flow.arrival.queries import newest_sightings
from haetae.flow.overview.rows import rows_of
from haetae.web.console.lines import Line, line
from haetae.web.words.codes import code_words
from haetae.web.words.times import Moment, moment

_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class LinkShown:
    """One link; text here, never a link that opens. `why` where nothing was found behind it."""

    link: str
    at: Moment
    why: str
    is_looked_up: bool


@dataclass(frozen=True, kw_only=True)
class PlacesShown:
    links: Sequence[LinkShown]
    lines: Sequence[Line]
    more: int


def places(case: Case, *, now: datetime) -> PlacesShown:
    """The first 50 places, the newest first."""
    reports = reports_of(case)
    found = newest_sightings().filter(reports__in=[report.pk for report in reports]).distinct()
    rows = rows_of(list(found[:_SHOWN]))
    return PlacesShown(
        links=[
            LinkShown(
                link=report.link,
                at=moment(report.received_at, now=now),
                why=code_words(report.why) if report.why else "",
                is_looked_up=report.state != "received",
            )
            for report in reports
        ],
        lines=[line(row, now=now) for row in rows],
        more=max(0, found.count() - _SHOWN),
    )
