"""What waits for a decision of the regulator's side: a queue, and one of it with everything about its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview.rows import PAGE_SIZE, Row, rows_of
from haetae.flow.overview.whole import Detail, detail
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import Review


@dataclass(frozen=True, kw_only=True)
class Contested:
    """One review; `row` is its place, with what is hidden there."""

    review: Review
    row: Row
    decide_by: Deadline | None


def queue(*, page: int = 1) -> list[Contested]:
    """Page `page` (from 1) of what is not decided: what people reported first, then the oldest."""
    first = (page - 1) * PAGE_SIZE
    reported = Report.sightings.through.objects.filter(sighting_id=OuterRef("sighting_id"))
    rows = reviews.undecided().annotate(reported=Exists(reported)).order_by("-reported", "opened_at", "pk")
    return _contested(list(rows[first : first + PAGE_SIZE]))


def next_in_queue(*, after: UUID) -> UUID | None:
    """The first of the queue besides this one, so that a reviewer goes on without going back."""
    return next((one.review.pk for one in queue() if one.review.pk != after), None)


def contested(review_id: UUID) -> tuple[Contested, Detail]:
    """One review, decided or not, and everything about its place. Raises Review.DoesNotExist."""
    review = reviews.get_review(review_id)
    return _contested([review])[0], detail(review.sighting_id)


def _contested(found: Sequence[Review]) -> list[Contested]:
    sightings: list[Sighting] = [review.sighting for review in found]
    rows = {row.sighting_id: row for row in rows_of(sightings)}
    due = {row.subject_id: row for row in deadlines.of_subjects(review.pk for review in found)}
    return [
        Contested(
            review=review,
            row=rows[review.sighting_id],
            decide_by=due.get(review.pk),
        )
        for review in found
    ]
