"""Everything about one sighting, for the page that explains it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.looks import queries as looks
from haetae.audit import queries as events
from haetae.audit.models import Event
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.models import Attempt
from haetae.flow.issued import queries as issued
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.overview.rows import Row, rows_of
from haetae.flow.remedies import queries as remedies
from haetae.flow.remedies.models import Remedy
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.tasks import queries as tasks
from haetae.flow.tasks.models import Task
from haetae.flow.verification import queries as probes
from haetae.flow.verification.models import Probe

# A picture that is everywhere must not make the page of one place endless.
ELSEWHERE_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Detail:
    """`elsewhere` are other places of the same picture, the newest first and not more than ELSEWHERE_SHOWN."""

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
    remedies: Sequence[Remedy]
    tasks: Sequence[Task]
    documents: Sequence[IssuedDocument]
    elsewhere: Sequence[Row]
    elsewhere_count: int
    events: Sequence[Event]


def detail(sighting_id: UUID) -> Detail:
    """Raises Sighting.DoesNotExist."""
    sighting = arrival.get_sighting(sighting_id)
    assessment = assessments.latest_by_sighting([sighting_id]).get(sighting_id)
    asked = list(requests.of_sighting(sighting_id))
    looked = list(probes.of_requests([request.pk for request in asked]))
    reviewed = list(reviews.of_sightings([sighting_id]))
    blocked = list(reviews.blocks_of([sighting_id]))
    of_others = list(remedies.of_sightings([sighting_id]))
    said = list(deliveries.of_subjects(thing.pk for thing in (*asked, *blocked)))
    waiting, seen = list(tasks.about([sighting_id])), list(looks.of_sightings([sighting_id]))
    things = (sighting, assessment, *asked, *looked, *reviewed, *blocked, *of_others, *said, *waiting, *seen)
    subjects = [thing.pk for thing in things if thing is not None]
    others = assessments.sightings_with_the_same_picture([sighting_id]) - {sighting_id}
    shown = arrival.newest_sightings().filter(pk__in=others)[:ELSEWHERE_SHOWN]
    return Detail(
        row=rows_of([sighting])[0],
        page_url=sighting.page_url,
        media_url=sighting.media_url,
        assessment=assessment,
        request=asked[-1] if asked else None,
        attempts=list(deliveries.attempts_of(thing.pk for thing in (*asked, *blocked))),
        deadlines=list(deadlines.of_subjects(subjects)),
        probes=looked,
        reviews=reviewed,
        blocks=blocked,
        remedies=of_others,
        tasks=waiting,
        documents=issued.of_subjects(one.pk for one in (*reviewed, *blocked)),
        elsewhere=rows_of(list[Sighting](shown)),
        elsewhere_count=len(others),
        events=list(events.about(subjects)),
    )
