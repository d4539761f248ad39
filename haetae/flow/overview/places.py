"""What a person may see of their own case: place by place, what is proven gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from haetae.agencies.support import queries as support
from haetae.agencies.support.models import Case
from haetae.agencies.support.steering.queries import hashes_of
from haetae.audit import queries as events
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.arrival.states import State as Reported
from haetae.flow.assessment import queries as assessments
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind
from haetae.flow.deadlines.states import State as Due
from haetae.flow.overview.rows import Row, rows_of
from haetae.flow.overview.standing import newest_requests
from haetae.flow.remedies.queries import of_sightings as remedies_of
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import Review
from haetae.flow.review.statement import Statement
from haetae.flow.review.states import DECISIONS
from haetae.operators.appeals import queries as appeals

# The page of a picture that is everywhere stays a page.
SHOWN: Final = 50
# Of all due dates, those that tell a person something.
_SAID: Final = frozenset({Kind.LOOK, Kind.DECIDE, Kind.BLOCK_ENDS})


class Way(StrEnum):
    """How a place belongs to a case."""

    LINK = "link"  # the person sent a link that led here
    FINGERPRINT = "fingerprint"  # a fingerprint made on the person's device was found here
    SAME_PICTURE = "same_picture"  # the same picture as at one of those places


@dataclass(frozen=True, kw_only=True)
class Place:
    """`named`: the person may read where it is. `number` counts in the order of finding, and never changes places.

    `requests` are all that were ever made here, the oldest first, and `happened` everything that the record holds;
    `next_due` is what comes next, if anything does. `contested`: whoever posted it objects, and that is undecided.
    `decided` is the statement of the decision that holds here.
    """

    number: int
    way: Way
    named: bool
    row: Row
    requests: Sequence[DeletionRequest]
    happened: Sequence[Event]
    next_due: Deadline | None
    contested: bool
    decided: Statement | None


@dataclass(frozen=True, kw_only=True)
class Places:
    """A page of the places of a case. `gone` of all `count` are proven gone.

    `opening` are links that we have not opened yet, `nowhere` those that led to no picture.
    """

    places: Sequence[Place]
    count: int
    gone: int
    page: int
    pages: int
    opening: Sequence[Report]
    nowhere: Sequence[Report]
    fingerprints: int


@dataclass(frozen=True, kw_only=True)
class _Whole:
    """Every place of a case in the order of finding, those first that may be named."""

    ways: Mapping[UUID, Way]
    named: frozenset[UUID]
    in_order: Sequence[Sighting]


def places_of_case(case: Case, *, page: int = 1, most: int = SHOWN) -> Places:
    """Page `page` (from 1; the last one for any beyond it). What is proven gone comes first, the newest of it ahead."""
    reports = support.reports_of(case)
    whole = _whole(case, reports)
    numbers = {sighting.pk: number for number, sighting in enumerate(whole.in_order, start=1)}
    gone = _gone(numbers)
    news_first = sorted(whole.in_order, key=lambda one: (gone.get(one.pk, len(gone)), numbers[one.pk]))
    pages = max(1, -(-len(news_first) // most))
    page = min(max(1, page), pages)
    shown = news_first[(page - 1) * most : page * most]
    return Places(
        places=_joined(shown, numbers=numbers, whole=whole),
        count=len(numbers),
        gone=len(gone),
        page=page,
        pages=pages,
        opening=[report for report in reports if report.state == Reported.RECEIVED],
        nowhere=[report for report in reports if report.state == Reported.NOT_FOUND],
        fingerprints=case.hashes.filter(known__withdrawn_at=None).count(),
    )


def _whole(case: Case, reports: Iterable[Report]) -> _Whole:
    links = Report.sightings.through.objects.filter(report__in=[report.pk for report in reports])
    by_link = set(links.values_list("sighting_id", flat=True))
    checked, unchecked = _found_by_fingerprint(case)
    everywhere = assessments.sightings_with_the_same_picture(by_link | checked | unchecked)
    ways = dict.fromkeys(everywhere, Way.SAME_PICTURE)
    ways |= dict.fromkeys(checked | unchecked, Way.FINGERPRINT)
    ways |= dict.fromkeys(by_link, Way.LINK)
    named = frozenset(by_link | checked)
    sightings = arrival.newest_sightings().filter(pk__in=everywhere).order_by("found_at", "pk")
    in_order = sorted(sightings, key=lambda one: one.pk not in named)  # stable: by finding within each
    return _Whole(ways=ways, named=named, in_order=in_order)


def _found_by_fingerprint(case: Case) -> tuple[set[UUID], set[UUID]]:
    """Places where a fingerprint of the case was surely found: of those that a counsellor has checked, and the rest.

    Anybody can bring a fingerprint: until somebody has seen the match, the page must be no way to find the picture.
    """
    found: defaultdict[bool, set[UUID]] = defaultdict(set)
    for row in hashes_of(case):
        is_checked = row.known.tier >= Tier.COUNSELLOR_CHECKED and row.known.disputed_at is None
        found[is_checked] |= assessments.sightings_that_matched(row.known_id)
    return found[True], found[False] - found[True]


def _gone(sighting_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Those that are proven gone, each with its turn: the newest first."""
    rows = newest_requests().filter(sighting__in=list(sighting_ids), state="verified")
    newest = rows.order_by("-changed_at", "pk").values_list("sighting_id", flat=True)
    return {sighting_id: turn for turn, sighting_id in enumerate(newest)}


def _joined(shown: Sequence[Sighting], *, numbers: Mapping[UUID, int], whole: _Whole) -> list[Place]:
    rows = rows_of(shown)
    asked: defaultdict[UUID, list[DeletionRequest]] = defaultdict(list)
    requests = DeletionRequest.objects.filter(sighting__in=list(shown)).order_by("round")
    for request in requests:
        asked[request.sighting_id].append(request)
    reviewed = list(reviews.of_sightings([row.sighting_id for row in rows]))
    due, happened = _next_dues(rows, reviewed), _happened(rows, asked, reviewed)
    contested = appeals.undecided_at(asked)
    decided = {one.sighting_id: reviews.statement_of(one.pk) for one in reviewed if one.state in DECISIONS}
    return [
        Place(
            number=numbers[row.sighting_id],
            way=whole.ways[row.sighting_id],
            named=row.sighting_id in whole.named,
            row=row,
            requests=asked[row.sighting_id],
            happened=happened[row.sighting_id],
            next_due=due.get(row.sighting_id),
            contested=row.sighting_id in contested,
            decided=decided.get(row.sighting_id),
        )
        for row in rows
    ]


def _happened(
    rows: Sequence[Row], asked: Mapping[UUID, Sequence[DeletionRequest]], reviewed: Sequence[Review]
) -> defaultdict[UUID, list[Event]]:
    places = [row.sighting_id for row in rows]
    about = {place: place for place in places}
    about |= {request.pk: place for place, requests in asked.items() for request in requests}
    about |= {review.pk: review.sighting_id for review in reviewed}
    about |= {appeal.pk: appeal.request.sighting_id for appeal in appeals.of_sightings(places)}
    about |= {block.pk: block.sighting_id for block in reviews.blocks_of(places)}
    about |= {remedy.pk: remedy.sighting_id for remedy in remedies_of(places)}
    found: defaultdict[UUID, list[Event]] = defaultdict(list)
    for event in events.about(about):
        found[about[event.subject_id]].append(event)
    return found


def _next_dues(rows: Sequence[Row], reviewed: Sequence[Review]) -> dict[UUID, Deadline]:
    """What comes next at each place: our next look, the decision that is waited for, or the operator's term."""
    about: dict[UUID, UUID] = {}
    for row in rows:
        about |= {probe.pk: row.sighting_id for probe in row.proof}
        about |= {row.block.pk: row.sighting_id} if row.block else {}
    about |= {review.pk: review.sighting_id for review in reviewed}
    found: dict[UUID, Deadline] = {}
    now = clock.now()
    for deadline in deadlines.of_subjects(about):
        is_ahead = deadline.state == Due.SET and deadline.due_at is not None and deadline.due_at > now
        if is_ahead and deadline.kind in _SAID:
            found.setdefault(about[deadline.subject_id], deadline)
    for row in rows:
        if row.target is not None and row.target.state == Due.SET:  # also when it is over: then it is late
            found.setdefault(row.sighting_id, row.target)
    return found
