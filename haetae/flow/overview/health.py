"""What is stuck, for whoever keeps the system running: nothing here looks at a picture or at a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from haetae.agencies.canaries.models import Flight
from haetae.agencies.canaries.queries import newest as newest_flight
from haetae.audit.queries import Tail, newest_stamp, oldest_head, unprovable_tail
from haetae.common import jobs, poison
from haetae.common.jobs import Queue
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.queries import UploadChecks, upload_checks_state
from haetae.flow.assessment.models import Assessment
from haetae.flow.by_hand.models import Storm
from haetae.flow.by_hand.queries import standing_storms
from haetae.flow.deadlines.queries import Behind, behind
from haetae.flow.delivery.models import Breaker
from haetae.flow.delivery.queries import Struggling, failing, struggling
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.block.term.queries import ending
from haetae.flow.review.queries import Undecided, expired_blocks, undecided_in_figures
from haetae.flow.tasks.queries import Waiting, waiting_by_kind

# The borders between the columns of the backlog.
AGES: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=24))
STAMP_LATE_AFTER: Final = timedelta(hours=30)
MOVING: Final = ("found", "open", "requested", "sent", "claimed")


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What still moves by machine in one state. `by_age` has one number more than AGES: the youngest come first."""

    state: str
    by_age: Sequence[int]
    oldest_at: datetime | None

    @property
    def total(self) -> int:
        return sum(self.by_age)

    def older_than(self, age: timedelta) -> int:
        """`age` is one of AGES."""
        return sum(self.by_age[AGES.index(age) + 1 :])


@dataclass(frozen=True, kw_only=True)
class Stamping:
    """Whether an authority of time stamps is named, and when it last stamped the log, if ever."""

    named: bool
    newest_at: datetime | None
    begun_at: datetime | None

    def is_late(self, *, now: datetime) -> bool:
        """One is named, and more than a day and some hours went by without its stamp."""
        since = self.newest_at or self.begun_at
        return self.named and since is not None and now - since > STAMP_LATE_AFTER


@dataclass(frozen=True, kw_only=True)
class Health:
    """Everything that the strip and the page of health show."""

    backlog: Sequence[Backlog]
    left_alone: Sequence[Breaker]
    struggling: Sequence[Struggling]
    tasks: Sequence[Waiting]
    reviews: Undecided
    expired_blocks: int
    blocks_end_today: int
    blocks_end_soon: int
    upload_checks: Sequence[UploadChecks]
    tail: Tail
    stamping: Stamping
    queue: Queue
    clock: Behind
    failed_jobs: int
    flight: Flight | None
    set_aside_jobs: int
    storms: Sequence[Storm]


def health(*, now: datetime) -> Health:
    today_ends = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=1
    )
    end_today, end_soon = ending(now=now, today_ends=today_ends)
    return Health(
        backlog=backlog(now=now),
        left_alone=list(failing()),
        struggling=struggling(),
        tasks=waiting_by_kind(),
        reviews=undecided_in_figures(),
        expired_blocks=expired_blocks(),
        blocks_end_today=end_today,
        blocks_end_soon=end_soon,
        upload_checks=upload_checks_state(),
        tail=unprovable_tail(),
        stamping=stamping(),
        queue=jobs.queue(now=now),
        clock=behind(at=now),
        failed_jobs=jobs.failed(),
        flight=newest_flight(),
        set_aside_jobs=poison.count(),
        storms=list(standing_storms(now=now)),
    )


def stamping() -> Stamping:
    newest, oldest = newest_stamp(), oldest_head()
    return Stamping(
        named=settings.STAMP_AUTHORITY is not None,
        newest_at=newest.at if newest else None,
        begun_at=oldest.at if oldest else None,
    )


def backlog(*, now: datetime) -> list[Backlog]:
    """One entry for each state of MOVING, in that order, also where nothing waits."""
    examined = Exists(Assessment.objects.filter(sighting=OuterRef("pk")))
    found = Sighting.objects.filter(~examined).aggregate(**_by_age("found_at", now))
    opened = Assessment.objects.filter(state="open").aggregate(**_by_age("opened_at", now))
    asked = DeletionRequest.objects.filter(state__in=MOVING).values("state")
    figures: dict[str, dict[str, Any]] = {"found": found, "open": opened}
    for row in asked.annotate(**_by_age("changed_at", now)):
        figures[row["state"]] = dict(row)
    return [_backlog(state, figures.get(state, {})) for state in MOVING]


def _by_age(since: str, now: datetime) -> dict[str, Count | Min]:
    counted: dict[str, Count | Min] = {"oldest": Min(since)}
    borders = [now, *(now - age for age in AGES), None]
    for column, (younger, older) in enumerate(pairwise(borders)):
        inside = Q(**{f"{since}__gt": older}) if older else Q()
        inside &= Q(**{f"{since}__lte": younger}) if column else Q()
        counted[f"age_{column}"] = Count("pk", filter=inside)
    return counted


def _backlog(state: str, figures: dict[str, Any]) -> Backlog:
    by_age = [figures.get(f"age_{column}", 0) for column in range(len(AGES) + 1)]
    return Backlog(state=state, by_age=by_age, oldest_at=figures.get("oldest"))
