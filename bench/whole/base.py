"""A few thousand places with all that the flow writes about each, begun by bench.many: what is copied a hundredfold.

How many rows of what a place leaves behind was read off the flow itself (docs/measurements.md). Needs Django to be
ready.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F

from bench.many import fill
from haetae.accounts.models import Operator
from haetae.agencies.support.models import Case, CaseLink
from haetae.audit.models import Event
from haetae.common.ids import new_id
from haetae.flow.arrival.models import Report, Sighting, WatchFind, WatchHost, WatchList, WatchPlace
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.writing import document_for
from haetae.flow.models import Step
from haetae.flow.removal.jobs import matter_of
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.verification.models import Probe, Sight

# What is over, of a hundred places: two years of it lie behind the month that bench.many.SHARES describes.
SETTLED: Final[Mapping[str, int]] = {"nothing": 48, "verified": 48, "not_harmful": 3, "access_blocked": 1}
_BATCH: Final = 2_000
_EXAMINED: Final = """
UPDATE assessment_assessment SET
  media = '{"kind": "image", "format": "jpeg", "frames": 1, "width_px": 392, "height_px": 261, "size_bytes": 16507,
            "frames_examined": 1}',
  fingerprints = jsonb_build_object('md5', md5(id::text), 'sha256', encode(sha256(id::text::bytea), 'hex'),
    'perceptual', jsonb_build_array(jsonb_build_object('pdq', encode(sha256(id::text::bytea), 'hex'),
      'turn', 'upright', 'at_ms', NULL, 'dhash', encode(sha256(id::text::bytea), 'hex'), 'recipe', 'full',
      'variant', 'whole', 'pdq_quality', 100))),
  signals = CASE WHEN state = 'request' THEN jsonb_build_array(jsonb_build_object('kind', 'known_hash', 'facts',
    jsonb_build_object('tier', 2, 'exact', false, 'variant', 'whole', 'entry_id', 'many-' || lineage_id,
      'confirmed', true, 'list_name', 'bench', 'distance_bits', 16))) ELSE '[]' END,
  reasons = CASE WHEN state = 'request' THEN jsonb_build_array(jsonb_build_object('code', 'known_confirmed', 'facts',
    jsonb_build_object('tier', 2, 'exact', false, 'variant', 'whole', 'entry_id', 'many-' || lineage_id,
      'confirmed', true, 'list_name', 'bench', 'distance_bits', 16))) ELSE reasons END
WHERE state <> 'open'
"""
_A_PLACE_OF_EACH: Final = 5
_A_HOST_OF_EACH: Final = 100
_ONE_WAITS_OF: Final = 20


def make(
    number: int, *, operators: Sequence[Operator | None], shares: Mapping[str, int], days: float
) -> None:
    """So many places whose states are shared out like this, over the last `days`."""
    fill(number, operators=operators, shares=shares, days=days)
    sightings = list(Sighting.objects.order_by("found_at"))
    _examined()
    _delivered()
    _looked_at()
    _watched(sightings)
    _cases()
    _steps()


def _examined() -> None:
    """Fingerprints and signals of what was examined; a picture that is known is known by one entry a lineage."""
    with connection.cursor() as cursor:
        cursor.execute(_EXAMINED)


def _delivered() -> None:
    said = list(Delivery.objects.all())
    # A real one, the same for all: 3.7 kB, and pages read it.
    first = Delivery.objects.filter(operator__isnull=False, state="delivered")[0]
    document_for(first, matter_of(DeletionRequest.objects.get(pk=first.subject_id)))  # writes and keeps it
    first.refresh_from_db()
    Delivery.objects.update(notice=first.notice, channel="sandbox")
    # Not through a join of the table with itself, which a database without statistics may loop through.
    delivered = Delivery.objects.filter(state="delivered")
    Attempt.objects.filter(delivery__in=delivered).update(ended_at=F("begun_at"), outcome="answered_claimed")
    ends = ["verified", "not_harmful", "access_blocked"]
    over = DeletionRequest.objects.filter(state__in=ends).values("pk")
    Deadline.objects.filter(kind="remove", subject_id__in=over, state="set").update(state="met")
    dues = [
        Deadline(
            kind="acknowledge",
            subject_id=one.subject_id,
            basis="policy",
            source="telegram_practice",
            due_at=one.waiting_since + timedelta(days=1),
            state="met",
        )
        for one in said
        if one.state == "delivered"
    ]
    Deadline.objects.bulk_create(dues, batch_size=_BATCH)


def _looked_at() -> None:
    """Two looks at each point of what is verified, a due date before each, and what the record says of them.

    The ages say which points have come: a verified place was looked at until ninety days after the claim.
    """
    now = _newest()
    probes = list(Probe.objects.select_related("request"))
    events: list[Event] = []
    dues: list[Deadline] = []
    sights: list[Sight] = []
    for probe in probes:
        begun = probe.request.requested_at
        at = begun + _AFTER[probe.planned_after]
        events.append(_event("verification.planned", "verification.probe", probe.pk, begun))
        if probe.request.state != "verified" or at > now:
            dues.append(_look(probe.pk, at=max(at, now + timedelta(days=1)), state="set"))
            continue
        probe.state = "gone"
        for pause, name in ((0, "gone_once"), (5, "gone")):
            when = at + timedelta(seconds=pause)
            due = _look(probe.pk, at=when, state="passed")
            dues.append(due)
            events.append(_event("deadlines.passed", "deadlines.deadline", due.pk, when))
            events.append(_event(f"verification.{name}", "verification.probe", probe.pk, when))
            seen = {
                "page_seen": "gone",
                "page_why": "http_410",
                "media_seen": "gone",
                "media_why": "http_410",
            }
            if probe.planned_after != _SEEN_ALREADY:
                sights.append(Sight(probe=probe, at=when, seen="gone", **seen))
    gone = [probe.pk for probe in probes if probe.state == "gone"]
    for first in range(0, len(gone), _BATCH):
        Probe.objects.filter(pk__in=gone[first : first + _BATCH]).update(state="gone")
    Deadline.objects.bulk_create(dues, batch_size=_BATCH)
    Sight.objects.bulk_create(sights, batch_size=_BATCH)
    Event.objects.bulk_create(events, batch_size=_BATCH)


_SEEN_ALREADY: Final = "PT0S"  # bench.many has looked then
_AFTER: Final = {
    "PT0S": timedelta(0),
    "PT1H": timedelta(hours=1),
    "P1D": timedelta(days=1),
    "P7D": timedelta(days=7),
    "P30D": timedelta(days=30),
    "P90D": timedelta(days=90),
}


def _newest() -> datetime:
    from haetae.common import clock  # noqa: PLC0415

    return clock.now()


def _look(probe: UUID, *, at: datetime, state: str) -> Deadline:
    return Deadline(
        kind="look", subject_id=probe, basis="policy", source="probes.schedule", due_at=at, state=state
    )


def _watched(sightings: Sequence[Sighting]) -> None:
    watch_list = WatchList.objects.first() or WatchList.objects.create(
        id=new_id(),
        name="many",
        name_digest="0" * 64,
        agency="kmcc",
        purpose="measuring",
        basis="none",
        until=_newest() + timedelta(days=30),
        every_s=3_600,
        drafted_at=_newest(),
        changed_at=_newest(),
    )
    hosts = [
        WatchHost(digest=sha256(f"host {number}".encode()).hexdigest())
        for number in range(max(1, len(sightings) // _A_HOST_OF_EACH))
    ]
    WatchHost.objects.bulk_create(hosts, batch_size=_BATCH)
    places = [
        WatchPlace(
            watch_list=watch_list,
            host=hosts[number % len(hosts)],
            kind="page",
            url=f"https://many.example/{number}",
            url_digest=sha256(f"place {number}".encode()).hexdigest(),
            rank=number % 100,
            due_at=_newest() + timedelta(hours=1),
            found_at=one.found_at,
            visited_at=one.found_at,
            last_code="seen",
        )
        for number, one in enumerate(sightings[::_A_PLACE_OF_EACH])
    ]
    WatchPlace.objects.bulk_create(places, batch_size=_BATCH)
    finds = [
        WatchFind(
            sighting=one,
            watch_list=watch_list,
            place=places[number % len(places)],
            kind="page",
            at=one.found_at,
        )
        for number, one in enumerate(sightings)
        if one.source == "watch"
    ]
    WatchFind.objects.bulk_create(finds, batch_size=_BATCH)


def _cases() -> None:
    """One for each report; one of twenty waits for a counsellor."""
    reports = list(Report.objects.all())
    cases = [
        Case(
            lookup=sha256(one.pk.bytes).hexdigest(),
            key_for_person=bytes(60),
            key_for_custodian=bytes(200),
            opened_at=one.received_at,
            waits_since=one.received_at if number % _ONE_WAITS_OF == 0 else None,
            rank=20,
        )
        for number, one in enumerate(reports)
    ]
    Case.objects.bulk_create(cases, batch_size=_BATCH)
    CaseLink.objects.bulk_create(
        [CaseLink(case=case, report=report) for case, report in zip(cases, reports, strict=True)],
        batch_size=_BATCH,
    )
    dues = [
        Deadline(
            kind="retention_ends",
            subject_id=case.pk,
            basis="legal",
            source="svp_rule 2-6(4)3",
            due_at=case.opened_at + timedelta(days=1_825),
        )
        for case in cases
    ]
    Deadline.objects.bulk_create(dues, batch_size=_BATCH)
    told = [
        *(_event("arrival.reported", "arrival.report", one.pk, one.received_at) for one in reports),
        *(_event("support.opened", "support.case", one.pk, one.opened_at) for one in cases),
    ]
    Event.objects.bulk_create(told, batch_size=_BATCH)


def _steps() -> None:
    """Of ten events six led to a step."""
    numbers: Iterator[int] = count()
    steps = [
        Step(event_id=event, step="look_for_ourselves", taken_at=at)
        for event, at in Event.objects.order_by("pk").values_list("pk", "at")
        if next(numbers) % 10 < 6
    ]
    Step.objects.bulk_create(steps, batch_size=_BATCH)


def _event(name: str, kind: str, subject: UUID, at: datetime) -> Event:
    facts: dict[str, Any] = {}
    if name.startswith("verification."):
        facts = {"page": "http_410", "media": "http_410"}
    if name == "deadlines.passed":
        facts = {"for": str(subject), "kind": "look", "basis": "policy"}
    return Event(at=at, name=name, subject_kind=kind, subject_id=subject, actor_kind="system", facts=facts)
