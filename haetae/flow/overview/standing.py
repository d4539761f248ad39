"""How many sightings stand where, counted by the database: nothing grows in Python when the sightings do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from haetae.common import jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.tasks.models import Task

FOUND: Final = "found"
# Where each state is shown. A sighting about which a decision is waited for stands at the review, whatever its state.
STAGE_OF: Final[Mapping[str, str]] = {
    FOUND: "arrival",
    **dict.fromkeys(("open", "request", "review", "nothing", "undetermined"), "assessment"),
    **dict.fromkeys(("requested", "sent", "refused", "unsure", "overdue", "undeliverable"), "removal"),
    **dict.fromkeys(("not_harmful", "superseded"), "review"),
    **dict.fromkeys(("claimed", "verified", "claim_false", "reappeared", "access_blocked"), "verification"),
}
# Where the machine stops and a person goes on. A waiting task or decision says the same of any other state.
FOR_PEOPLE: Final = frozenset(
    {"review", "undetermined", "refused", "unsure", "overdue", "claim_false", "undeliverable"}
)


class Standing(NamedTuple):
    """Where a sighting stands: its newest state, and whether a decision or a task about it is waited for."""

    state: str
    in_review: bool
    has_task: bool


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many sightings have come how far; `for_people` are those that wait there for somebody.

    `at` are the same sightings by all that the other figures are made of.
    """

    at: Counter[Standing]
    at_stage: Counter[str]
    for_people_at_stage: Counter[str]
    verified: int
    lost_reports: int
    failed_jobs: int

    @property
    def total(self) -> int:
        return sum(self.at_stage.values())


def counts() -> Counts:
    """Over all sightings, in a number of queries that does not depend on how many there are."""
    new = Standing(FOUND, in_review=False, has_task=False)
    at = Counter({new: arrival.count() - Assessment.objects.filter(round=1).count()})
    for rows in (newest_requests(), newest_assessments().filter(without_request())):
        grouped = rows.annotate(decides=_is_in_review(), task=_has_task()).values("state", "decides", "task")
        for group in grouped.annotate(count=Count("pk")).order_by():
            at[Standing(group["state"], group["decides"], group["task"])] += group["count"]
    at_stage: Counter[str] = Counter()
    for_people: Counter[str] = Counter()
    for one, count in at.items():
        stage = "review" if one.in_review else STAGE_OF[one.state]
        at_stage[stage] += count
        waits = one.in_review or one.has_task or one.state in FOR_PEOPLE
        for_people[stage] += count if waits else 0
    return Counts(
        at=at,
        at_stage=at_stage,
        for_people_at_stage=for_people,
        verified=sum(count for one, count in at.items() if one.state == "verified"),
        lost_reports=arrival.reports_without_a_sighting().count(),
        failed_jobs=jobs.failed(),
    )


def newest_requests() -> QuerySet[DeletionRequest]:
    """The newest request of every sighting that has one."""
    later = DeletionRequest.objects.filter(sighting=OuterRef("sighting"), round__gt=OuterRef("round"))
    return DeletionRequest.objects.filter(~Exists(later))


def newest_assessments() -> QuerySet[Assessment]:
    """The newest examination of every sighting that has one."""
    later = Assessment.objects.filter(sighting=OuterRef("sighting"), round__gt=OuterRef("round"))
    return Assessment.objects.filter(~Exists(later))


def without_request() -> Q:
    """Of examinations: deletion was never asked about this sighting."""
    return Q(~Exists(DeletionRequest.objects.filter(sighting=OuterRef("sighting"))))


def _is_in_review() -> Exists:
    return Exists(Review.objects.filter(sighting=OuterRef("sighting"), state__in=sorted(UNDECIDED)))


def _has_task() -> Exists:
    return Exists(Task.objects.filter(sighting_id=OuterRef("sighting_id"), state="waiting", second=False))
