"""One row for each sighting, joined from all stages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview.choosing import Choice, chosen
from haetae.flow.overview.standing import FOR_PEOPLE, FOUND, STAGE_OF, Counts
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.tasks import queries as tasks
from haetae.flow.verification import queries as probes
from haetae.flow.verification.models import Probe, Sight

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """One sighting. `state` is the newest state of the stage that it has reached; `reasons` are codes with facts.

    `told` is what its reports say of who is in the picture, each answer once; empty where nobody reported it.

    `legal` is what the law at home says of removal, `legal_there` that of the operator's country, where that counts;
    `operator_zone` is the time zone of the operator's desk, empty where nobody is registered.

    `came_back` says that it was seen gone at this place before; `block` is one that has not ended, `block_ends` its
    term by law.
    """

    sighting_id: UUID
    operator: str | None
    operator_zone: str
    host: str
    source: str
    found_at: datetime
    changed_at: datetime
    stage: str
    state: str
    reasons: Sequence[dict[str, Any]]
    told: Sequence[str]
    legal: Deadline | None
    legal_there: Deadline | None
    target: Deadline | None
    proof: Sequence[Probe]
    block: ProvisionalBlock | None
    block_ends: Deadline | None
    came_back: bool
    waits_for_people: bool

    @property
    def for_people(self) -> bool:
        return self.waits_for_people or self.state in FOR_PEOPLE

    @property
    def shown_state(self) -> str:
        """A request that is overdue because its claim was false is shown as that: people must know who is to blame.

        Our newest look that told us anything decides; one that told nothing takes nothing back.
        """
        if self.state != "overdue":
            return self.state
        told = [sight for sight in self.looks if sight.seen != "unknown"]
        return "claim_false" if told and told[-1].seen == "live" else self.state

    @property
    def looks(self) -> list[Sight]:
        """Every look of ours, the oldest first."""
        return sorted((sight for probe in self.proof for sight in probe.sights.all()), key=lambda it: it.at)


def newest_rows(choice: Choice | None = None, *, page: int = 1, of: Counts | None = None) -> list[Row]:
    """Page `page` (from 1) of the sightings that were chosen, PAGE_SIZE to a page; `of` as in `chosen`."""
    return rows_of(chosen(choice or Choice(), first=(page - 1) * PAGE_SIZE, most=PAGE_SIZE, of=of))


def lost_reports(*, limit: int = 20) -> list[Report]:
    """Reports whose link led nowhere; each has a `why` code and the time."""
    return list(arrival.reports_without_a_sighting()[:limit])


def rows_of(sightings: Sequence[Sighting]) -> list[Row]:
    """In the order in which they are given; as many queries for fifty as for one."""
    ids = [sighting.pk for sighting in sightings]
    examined, asked = assessments.latest_by_sighting(ids), requests.latest_by_sighting(ids)
    blocks = reviews.running_blocks_of(ids)
    told = arrival.told_of(ids)
    decided, tasked = reviews.in_review(ids), tasks.waiting_about(ids)
    due = dues([*asked.values(), *blocks.values()])
    proof: dict[UUID, list[Probe]] = defaultdict(list)
    for probe in probes.of_requests(request.pk for request in asked.values()):
        proof[probe.request_id].append(probe)
    return [
        _row(
            sighting,
            examined.get(sighting.pk),
            asked.get(sighting.pk),
            told=told.get(sighting.pk, ()),
            block=blocks.get(sighting.pk),
            due=due,
            proof=proof,
            in_review=sighting.pk in decided,
            has_task=sighting.pk in tasked,
        )
        for sighting in sightings
    ]


def host_of(sighting: Sighting) -> str:
    return urlsplit(sighting.page_url).netloc


Due = dict[tuple[UUID, str, str], Deadline]


def dues(subjects: Sequence[DeletionRequest | ProvisionalBlock]) -> Due:
    """Every due date of these, by subject, kind and whose it is: our law's, another country's, or our own target."""
    found = deadlines.of_subjects(subject.pk for subject in subjects)
    return {(row.subject_id, row.kind, "there" if row.pack else row.basis): row for row in found}


def _row(  # noqa: PLR0913 - one argument for each room that a row is joined from
    sighting: Sighting,
    assessment: Assessment | None,
    request: DeletionRequest | None,
    *,
    told: Sequence[str],
    block: ProvisionalBlock | None,
    due: Due,
    proof: dict[UUID, list[Probe]],
    in_review: bool,
    has_task: bool,
) -> Row:
    state, changed_at = _where(sighting, assessment, request)
    return Row(
        sighting_id=sighting.pk,
        operator=sighting.operator.name if sighting.operator else None,
        operator_zone=sighting.operator.zone if sighting.operator else "",
        host=host_of(sighting),
        source=sighting.source,
        found_at=sighting.found_at,
        changed_at=changed_at,
        stage="review" if in_review else STAGE_OF[state],
        state=state,
        reasons=assessment.reasons if assessment else [],
        told=told,
        legal=due.get((request.pk, "remove", "legal")) if request else None,
        legal_there=due.get((request.pk, "remove", "there")) if request else None,
        target=due.get((request.pk, "remove", "policy")) if request else None,
        proof=proof[request.pk] if request else [],
        block=block,
        block_ends=end_of(block, due) if block else None,
        came_back=request is not None and request.round > 1 and not request.ordered,
        waits_for_people=in_review or has_task,
    )


def end_of(block: ProvisionalBlock, due: Due) -> Deadline | None:
    """By the newest extension, or by the law where nothing was extended."""
    return due.get((block.pk, "block_ends", "policy")) or due.get((block.pk, "block_ends", "legal"))


def _where(
    sighting: Sighting, assessment: Assessment | None, request: DeletionRequest | None
) -> tuple[str, datetime]:
    """The newest state, and since when."""
    if request is not None:
        return request.state, request.changed_at
    if assessment is not None:
        return assessment.state, assessment.examined_at or assessment.opened_at
    return FOUND, sighting.found_at
