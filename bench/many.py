"""Many sightings in every state that the control room shows, made by rows and not by playing the flow.

Nothing here is told to the record as it would be: it is for measuring how pages read, and for nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bench.many_events import record
from haetae.accounts.models import Operator
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.common.sealed import search_digest
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment.models import Assessment, Lineage
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.tasks.models import Task
from haetae.flow.verification.models import Probe, Sight

# How many of a hundred sightings end up in which state.
SHARES = {
    "found": 2, "open": 2, "nothing": 31, "review": 4, "undetermined": 3, "requested": 4, "sent": 9, "claimed": 6,
    "verified": 26, "unsure": 4, "refused": 2, "overdue": 3, "undeliverable": 2, "not_harmful": 1, "access_blocked": 1,
}  # fmt: skip
_EXAMINED_ONLY = frozenset({"found", "open", "nothing", "review", "undetermined"})
_LOOKED_AT = frozenset({"claimed", "verified", "overdue"})
_CONTESTED = frozenset({"unsure", "refused"})
_TASKS = {"overdue": "overdue", "undeliverable": "no_channel"}
_POINTS = ("PT0S", "PT1H", "P1D", "P7D", "P30D", "P90D")
_ONE_IN_A_LINEAGE = 20
_BATCH = 2_000
_REASON = {
    "code": "known_confirmed",
    "facts": {"entry_id": "many-1", "list_name": "demo", "tier": 2, "distance_bits": 6, "confirmed": True},
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """One sighting to be, and all that hangs on it."""

    sighting: Sighting
    state: str
    at: datetime


def fill(
    count: int,
    *,
    operators: Sequence[Operator | None],
    first: int = 0,
    shares: Mapping[str, int] = SHARES,
    days: float = 30,
) -> None:
    """`count` sightings over the last `days`, each one at an operator in turn; None stands for nobody's.

    They are numbered from `first`; the same number is the same place.
    """
    now = clock.now()
    states = [state for state, share in shares.items() for _ in range(share)]
    made = [
        _made(
            number,
            state=states[number * 37 % 100],
            operator=operators[number % len(operators)],
            now=now,
            of=count,
            days=days,
        )
        for number in range(first, first + count)
    ]
    with transaction.atomic():
        _all(Sighting, [one.sighting for one in made])
        examined = _examinations(made)
        requests = _requests(made, examined)
        _around(requests, now=now)
        _reports(made, now=now)
        record(
            [(one.sighting, one.state, one.at) for one in made], {one.sighting.pk: it for it, one in requests}
        )


def _made(number: int, *, state: str, operator: Operator | None, now: datetime, of: int, days: float) -> Made:
    at = now - timedelta(days=days) * (of - number % of) / of
    host = operator.origin if operator else "https://nobody.example"
    media = f"{host}/media/{number}.jpg"
    sighting = Sighting(
        operator=operator,
        page_url=f"{host}/posts/{number}",
        media_url=media,
        locator_digest=search_digest(media),
        source="report" if number % 3 == 0 else "watch",
        found_at=at,
    )
    return Made(sighting=sighting, state=state, at=at)


def _examinations(made: Sequence[Made]) -> dict[Any, Assessment]:
    lineages = [
        Lineage(sha256=f"{number:064x}", begun_at=one.at)
        for number, one in enumerate(made[::_ONE_IN_A_LINEAGE])
    ]
    kept = Lineage.objects.bulk_create(lineages)
    found = {
        one.sighting.pk: Assessment(
            sighting=one.sighting,
            round=1,
            state=one.state if one.state in _EXAMINED_ONLY else "request",
            reported=number % 3 == 0,
            lineage=kept[number // _ONE_IN_A_LINEAGE] if one.state != "nothing" else None,
            reasons=[] if one.state in {"open", "nothing"} else [_REASON],
            found_at=one.at,
            opened_at=one.at,
            examined_at=None if one.state == "open" else one.at,
        )
        for number, one in enumerate(made)
        if one.state != "found"
    }
    _all(Assessment, list(found.values()))
    return found


def _requests(made: Sequence[Made], examined: dict[Any, Assessment]) -> list[tuple[DeletionRequest, Made]]:
    asked = [
        (
            DeletionRequest(
                sighting=one.sighting,
                assessment=examined[one.sighting.pk],
                round=1,
                key=new_id(),
                state=one.state,
                legal_basis="designated_body_request",
                found_at=one.at,
                requested_at=one.at,
                changed_at=one.at,
            ),
            one,
        )
        for one in made
        if one.state not in _EXAMINED_ONLY
    ]
    _all(DeletionRequest, [request for request, _ in asked])
    return asked


def _around(requests: Sequence[tuple[DeletionRequest, Made]], *, now: datetime) -> None:
    """Due dates, deliveries, looks, reviews, blocks and tasks of the requests."""
    dues, said, probes, reviews, blocks, tasks = [], [], [], [], [], []
    for request, one in requests:
        dues.append(_due("remove", request.pk, basis="legal", at=None, state="set"))
        dues.append(_due("remove", request.pk, basis="policy", at=one.at + timedelta(days=1), state="met"))
        said.append(_delivery(request, one))
        if one.state in _LOOKED_AT:
            probes += [Probe(request=request, planned_after=point, claim=1) for point in _POINTS]
        if one.state in _CONTESTED:
            reviews.append(_review(request, one))
        if one.state == "unsure":
            blocks.append(_block(request, one, now=now))
        if one.state in _TASKS:
            tasks.append(_task(request, one))
    dues += [_due("block_ends", it.pk, basis="legal", at=it.changed_at + timedelta(days=30)) for it in blocks]
    dues += [_due("decide", it.pk, basis="policy", at=it.opened_at + timedelta(days=1)) for it in reviews]
    rows: list[tuple[Any, Sequence[Any]]] = [
        (Delivery, said), (Attempt, [Attempt(delivery=it, number=1, begun_at=it.waiting_since) for it in said]),
        (Probe, probes), (Sight, [sight for probe in probes[::6] for sight in _sights(probe)]),
        (Review, reviews), (ProvisionalBlock, blocks), (Task, tasks), (Deadline, dues),
    ]  # fmt: skip
    for table, things in rows:
        _all(table, things)


def _delivery(request: DeletionRequest, one: Made) -> Delivery:
    waits = one.state == "requested"
    return Delivery(
        kind="delete",
        subject_id=request.pk,
        sighting_id=one.sighting.pk,
        operator=one.sighting.operator,
        key=new_id(),
        state="waiting" if waits else "delivered",
        tries=int(waits),
        waiting_since=one.at,
    )


def _review(request: DeletionRequest, one: Made) -> Review:
    state = "late" if one.sighting.pk.int % 4 == 0 else "open"
    return Review(
        request=request,
        sighting=one.sighting,
        because=one.state,
        state=state,
        opened_at=one.at,
        changed_at=one.at,
    )


def _block(request: DeletionRequest, one: Made, *, now: datetime) -> ProvisionalBlock:
    begun = min(one.at, now - timedelta(minutes=1))
    return ProvisionalBlock(
        request=request,
        sighting=one.sighting,
        by="operator",
        state="hidden",
        begun_at=begun,
        ends_at=begun + timedelta(days=30),
        changed_at=begun,
    )


def _task(request: DeletionRequest, one: Made) -> Task:
    return Task(
        kind=_TASKS[one.state], subject_id=request.pk, sighting_id=one.sighting.pk, opened_at=one.at, note=""
    )


def _sights(probe: Probe) -> list[Sight]:
    at = probe.request.changed_at
    codes = {"page_seen": "gone", "page_why": "http_404", "media_seen": "gone", "media_why": "http_410"}
    return [Sight(probe=probe, at=at + timedelta(seconds=pause), seen="gone", **codes) for pause in (0, 5)]


def _due(kind: str, subject: Any, *, basis: str, at: datetime | None, state: str = "set") -> Deadline:
    return Deadline(
        kind=kind, subject_id=subject, basis=basis, source="telecom_decree", due_at=at, state=state
    )


def _reports(made: Sequence[Made], *, now: datetime) -> None:
    reported = made[::10]
    reports = [
        Report(link=one.sighting.page_url, state="located", received_at=one.at, form_key=new_id())
        for one in reported
    ]
    _all(Report, reports)
    join = Report.sightings.through
    _all(
        join,
        [join(report=report, sighting=one.sighting) for report, one in zip(reports, reported, strict=True)],
    )
    _all(
        Report,
        [
            Report(
                link="https://a.example/",
                state="not_found",
                why="http_404",
                received_at=now,
                form_key=new_id(),
            )
        ],
    )


def _all(table: Callable[..., Any], rows: Sequence[Any]) -> None:
    table.objects.bulk_create(rows, batch_size=_BATCH)  # type: ignore[attr-defined]  # any model
