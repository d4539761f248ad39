"""The flow as people see it: one row for each sighting, joined from all stages. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from haetae.audit import queries as events
from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.models import Attempt
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.tasks import queries as tasks
from haetae.flow.tasks.models import Task
from haetae.flow.verification import queries as probes
from haetae.flow.verification.models import Probe

PAGE_SIZE = 50
# Where the machine stops and a person goes on.
FOR_PEOPLE = frozenset(
    {"review", "undetermined", "refused", "unsure", "overdue", "claim_false", "undeliverable"}
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One sighting. `state` is the newest state of the stage that it has reached; `reasons` are codes with facts."""

    sighting_id: UUID
    operator: str | None
    host: str
    source: str
    found_at: datetime
    changed_at: datetime
    stage: str
    state: str
    reasons: Sequence[dict[str, Any]]
    legal: Deadline | None
    target: Deadline | None
    proof: Sequence[Probe]

    @property
    def for_people(self) -> bool:
        return self.state in FOR_PEOPLE


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many sightings have come how far; `for_people` are those that wait there for somebody."""

    at_stage: Counter[str]
    for_people_at_stage: Counter[str]
    verified: int
    lost_reports: int
    failed_jobs: int


@dataclass(frozen=True, kw_only=True)
class Detail:
    """Everything about one sighting, for the page that explains it."""

    row: Row
    page_url: str
    media_url: str
    assessment: Assessment | None
    request: DeletionRequest | None
    attempts: Sequence[Attempt]
    deadlines: Sequence[Deadline]
    probes: Sequence[Probe]
    reviews: Sequence[Review]
    blocks: Sequence[ProvisionalBlock]
    tasks: Sequence[Task]
    events: Sequence[Event] = field(default_factory=list)


def newest_rows(*, page: int = 1) -> list[Row]:
    """Page `page` (from 1) of all sightings, the newest first, PAGE_SIZE to a page."""
    first = (page - 1) * PAGE_SIZE
    return _rows(list(arrival.newest_sightings()[first : first + PAGE_SIZE]))


def counts() -> Counts:
    """How many sightings stand where, over all of them."""
    newest_requests = requests.newest_states()
    newest_verdicts = assessments.newest_states()
    probed = probes.sightings_probed()
    at_stage: Counter[str] = Counter({"arrival": arrival.count() - len(newest_verdicts)})
    for_people: Counter[str] = Counter()
    for sighting_id, verdict in newest_verdicts.items():
        state = newest_requests.get(sighting_id, verdict)
        stage = "assessment"
        if sighting_id in newest_requests:
            stage = "verification" if sighting_id in probed else "removal"
        at_stage[stage] += 1
        for_people[stage] += state in FOR_PEOPLE
    return Counts(
        at_stage=at_stage,
        for_people_at_stage=for_people,
        verified=sum(state == "verified" for state in newest_requests.values()),
        lost_reports=arrival.reports_without_a_sighting().count(),
        failed_jobs=jobs.failed(),
    )


def lost_reports(*, limit: int = 20) -> list[Report]:
    """Reports whose link led nowhere; each has a `why` code and the time."""
    return list(arrival.reports_without_a_sighting()[:limit])


def detail(sighting_id: UUID) -> Detail:
    """Raises Sighting.DoesNotExist."""
    sighting = arrival.get_sighting(sighting_id)
    assessment = assessments.latest_by_sighting([sighting_id]).get(sighting_id)
    asked = list(requests.of_sighting(sighting_id))
    looked = list(probes.of_requests([request.pk for request in asked]))
    reviewed = list(reviews.of_sightings([sighting_id]))
    blocked = list(reviews.blocks_of([sighting_id]))
    said = list(deliveries.of_subjects(thing.pk for thing in (*asked, *blocked)))
    waiting = list(tasks.about([sighting_id]))
    things = (sighting, assessment, *asked, *looked, *reviewed, *blocked, *said, *waiting)
    subjects = [thing.pk for thing in things if thing is not None]
    return Detail(
        row=_rows([sighting])[0],
        page_url=sighting.page_url,
        media_url=sighting.media_url,
        assessment=assessment,
        request=asked[-1] if asked else None,
        attempts=list(deliveries.attempts_of(thing.pk for thing in (*asked, *blocked))),
        deadlines=list(deadlines.of_subjects(subjects)),
        probes=looked,
        reviews=reviewed,
        blocks=blocked,
        tasks=waiting,
        events=list(events.about(subjects)),
    )


def _rows(sightings: list[Sighting]) -> list[Row]:
    ids = [sighting.pk for sighting in sightings]
    examined, asked = assessments.latest_by_sighting(ids), requests.latest_by_sighting(ids)
    due = {
        (row.subject_id, row.kind, row.basis): row
        for row in deadlines.of_subjects(r.pk for r in asked.values())
    }
    proof: dict[UUID, list[Probe]] = defaultdict(list)
    for probe in probes.of_requests(request.pk for request in asked.values()):
        proof[probe.request_id].append(probe)
    rows = []
    for sighting in sightings:
        assessment, request = examined.get(sighting.pk), asked.get(sighting.pk)
        seen = proof[request.pk] if request else []
        stage, state, changed_at = _where(sighting, assessment, request, seen)
        rows.append(
            Row(
                sighting_id=sighting.pk,
                operator=sighting.operator.name if sighting.operator else None,
                host=urlsplit(sighting.page_url).netloc,
                source=sighting.source,
                found_at=sighting.found_at,
                changed_at=changed_at,
                stage=stage,
                state=state,
                reasons=assessment.reasons if assessment else [],
                legal=due.get((request.pk, "remove", "legal")) if request else None,
                target=due.get((request.pk, "remove", "policy")) if request else None,
                proof=seen,
            )
        )
    return rows


def _where(
    sighting: Sighting, assessment: Assessment | None, request: DeletionRequest | None, seen: list[Probe]
) -> tuple[str, str, datetime]:
    """The stage that was reached, its state, and since when."""
    if request is not None:
        return ("verification" if seen else "removal"), request.state, request.changed_at
    if assessment is not None:
        return "assessment", assessment.state, assessment.examined_at or assessment.opened_at
    return "arrival", "found", sighting.found_at
