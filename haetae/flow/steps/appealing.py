"""From the objection of whoever posted it to a review, and from its end to what is kept of it."""

from uuid import UUID

from haetae.audit.models import Event
from haetae.flow.deadlines.queries import is_open
from haetae.flow.deadlines.states import Kind
from haetae.flow.hearings import actions as hearings
from haetae.flow.removal.states import State as Request
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.states import Because
from haetae.operators.appeals import actions as appeals
from haetae.operators.appeals import queries


def review_appeal(event: Event) -> None:
    """Whoever posted it objects: the regulator's side decides, in the review that is open there or in a new one."""
    appeal = queries.get_appeal(event.subject_id)
    request = appeal.request
    if request.state == Request.NOT_HARMFUL:
        appeals.end_as_moot(appeal_id=appeal.pk)
        return
    opened = review.open_review(
        request_id=request.pk, sighting_id=request.sighting_id, because=Because.APPEAL
    )
    running = opened or reviews.undecided_at(request.sighting_id)
    assert running is not None, "a review is opened unless one is open"
    appeals.take_up(appeal_id=appeal.pk, review_id=running)
    hearings.heard_by_objection(subject_id=running)


def drop_review(event: Event) -> None:
    """The objection is taken back: a review that was opened for it alone has nothing left to decide."""
    appeal = queries.get_appeal(event.subject_id)
    if appeal.review_id is not None:
        review.drop(review_id=appeal.review_id)


def dispute_is_over(appeal_id: UUID) -> None:
    """The time for a dispute is over by the law, or by ours: after both, what was written goes."""
    if not is_open(appeal_id, Kind.DISPUTE):
        appeals.forget_statement(appeal_id=appeal_id)
