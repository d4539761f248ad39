"""Everything that reads due dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind, State


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Deadline]:
    """All due dates of these subjects, the earliest first, those without an hour last."""
    return Deadline.objects.filter(subject_id__in=list(subject_ids)).order_by("due_at")


def is_open(subject_id: UUID, kind: Kind) -> bool:
    """Whether our own target of this kind still runs for the subject."""
    return Deadline.objects.filter(
        subject_id=subject_id, kind=kind, basis=Basis.POLICY, state=State.SET
    ).exists()


def is_ahead(subject_id: UUID, kind: Kind, *, at: datetime) -> bool:
    """Whether something of this kind is set for a moment that has not come yet."""
    return Deadline.objects.filter(subject_id=subject_id, kind=kind, state=State.SET, due_at__gt=at).exists()


def held_for(subject_ids: Iterable[UUID], *, source: str) -> list[UUID]:
    """Those of these for which a due date of this source is open."""
    rows = Deadline.objects.filter(subject_id__in=list(subject_ids), source=source, state=State.SET)
    return list(rows.values_list("subject_id", flat=True))


def was_ever_set(subject_id: UUID, kind: Kind, *, pack: str) -> bool:
    """Whether that country's law has set a term of this kind for the subject, whatever became of it."""
    return Deadline.objects.filter(subject_id=subject_id, kind=kind, pack=pack).exists()


def term_of_the_law(subject_ids: Iterable[UUID], kind: Kind) -> datetime | None:
    """The first hour that a law sets for one of these and that nobody has met, over or not; None for no hour."""
    terms = Deadline.objects.filter(
        subject_id__in=list(subject_ids),
        kind=kind,
        basis=Basis.LEGAL,
        state__in=[State.SET, State.PASSED],
        due_at__isnull=False,
    )
    return terms.order_by("due_at").values_list("due_at", flat=True).first()


MOST_BEHIND: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Due dates that have come and that no clock has passed, MOST_BEHIND at most, and since when the oldest waits."""

    count: int
    oldest_at: datetime | None


def behind(*, at: datetime) -> Behind:
    """How it stands with the clock: nothing is behind for longer than a moment while one runs.

    Read in the order of what is open, and no more than MOST_BEHIND: of millions of due dates most are over, and the
    planner takes many of them for open ones.
    """
    waiting = Deadline.objects.filter(state=State.SET, due_at__lte=at).order_by("due_at")[:MOST_BEHIND]
    return Behind(**waiting.aggregate(count=Count("pk"), oldest_at=Min("due_at")))


def next_due_at() -> datetime | None:
    """When the next open due date passes."""
    upcoming = Deadline.objects.filter(state=State.SET, due_at__isnull=False).order_by("due_at")
    return upcoming.values_list("due_at", flat=True).first()
