"""What waits for a decision of the regulator's side: a queue, and one of it with everything about its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.flow.arrival.models import Sighting
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.in_turn import Turn, in_turn
from haetae.flow.overview.rows import PAGE_SIZE, Row, rows_of
from haetae.flow.overview.whole import Detail, detail
from haetae.flow.review import queries as reviews
from haetae.flow.review.commission import queries as commission
from haetae.flow.review.commission.queries import Ballots
from haetae.flow.review.models import Proposal, Review


@dataclass(frozen=True, kw_only=True)
class Contested:
    """One review; `row` is its place, with what is hidden there."""

    review: Review
    row: Row
    decide_by: Deadline | None
    ballots: Ballots
    needed: int
    proposal: Proposal | None


def queue(*, after: Turn | None = None, before: Turn | None = None) -> list[Contested]:
    """PAGE_SIZE and one more of what is not decided, in the order of urgency: the first, or those behind or before."""
    return contested_of(in_turn(reviews.undecided(), most=PAGE_SIZE + 1, after=after, before=before))


def next_in_queue(*, after: UUID, member_id: UUID | None = None) -> UUID | None:
    """The first of the queue besides this one, so that nobody goes back; for a member, that it may still vote on."""
    waiting = reviews.undecided() if member_id is None else commission.waiting_for(member_id)
    return next((one.pk for one in in_turn(waiting, most=2) if one.pk != after), None)


def contested(review_id: UUID) -> tuple[Contested, Detail]:
    """One review, decided or not, and everything about its place. Raises Review.DoesNotExist."""
    review = reviews.get_review(review_id)
    whole = detail(review.sighting_id)
    return _joined([review], [whole.row])[0], whole


def contested_of(found: Sequence[Review]) -> list[Contested]:
    """In the order in which they are given."""
    sightings: list[Sighting] = [review.sighting for review in found]
    return _joined(found, rows_of(sightings))


def _joined(found: Sequence[Review], places: Sequence[Row]) -> list[Contested]:
    rows = {row.sighting_id: row for row in places}
    due = {row.subject_id: row for row in deadlines.of_subjects(review.pk for review in found)}
    ballots, needed = commission.ballots_of(found), commission.needed()
    proposals = commission.proposals_of({review.pk: ballots[review.pk].round for review in found})
    return [
        Contested(
            review=review,
            row=rows[review.sighting_id],
            decide_by=due.get(review.pk),
            ballots=ballots[review.pk],
            needed=needed,
            proposal=proposals.get(review.pk),
        )
        for review in found
    ]
