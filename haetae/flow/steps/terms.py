"""How long something may be hidden for now: who is told of the end, what a clock forces, what people choose."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.agencies.support.queries import may_be_of_a_minor
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.assessment import queries as assessments
from haetae.flow.removal import queries as requests
from haetae.flow.review import queries as reviews
from haetae.flow.review.block.term import actions as term
from haetae.flow.review.block.term import queries as terms
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.states import Tried, Why
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.steps.asking import is_of_a_minor
from haetae.flow.steps.reviewing import others_with
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.queries import get_task
from haetae.flow.tasks.states import Outcome


def block_ends_soon(block_id: UUID) -> None:
    """A block ends soon without a decision: people are told before."""
    term.remind(block_id=block_id)


def block_expires(block_id: UUID) -> None:
    """The term of a block is over, and nobody chose: it is said aloud, and goes on for a minor alone."""
    found = reviews.get_block(block_id)
    term.expire(block_id=block_id, minor=may_show_a_minor(found))


def show_what_expired(event: Event) -> None:
    """Nobody has extended it: it is shown again, unless another case keeps the same picture hidden there."""
    found = reviews.get_block(event.subject_id)
    others = others_with(found.request.assessment)
    until = terms.others_hidden_there(found, others, at=clock.now())
    term.force(block_id=found.pk, others_until=until)


def may_show_a_minor(found: ProvisionalBlock) -> bool:
    """Whether a list, a decision, a request or anybody who reported it says so, of this picture at any place."""
    assessment = found.request.assessment
    places = assessments.sightings_with_the_same_picture([found.sighting_id]) | {found.sighting_id}
    asked = requests.of_sighting(found.sighting_id)
    return (
        is_of_a_minor(assessment)
        or any(request.minor_protected for request in asked)
        or any(may_be_of_a_minor(place) for place in sorted(places))
    )


def extend(*, block_id: UUID, why: Why, statement: str, official_id: UUID) -> datetime:
    """An official lets a block go on. Raises CannotKeepError, and then the try is kept; DoesNotExist for no block."""
    found = reviews.get_block(block_id)
    try:
        return term.extend_block(
            block_id=block_id,
            why=why,
            statement=statement,
            official_id=official_id,
            minor=may_show_a_minor(found),
        )
    except CannotKeepError as refused:
        term.refused(subject=found, tried=Tried.EXTEND, code=refused.code, official_id=official_id)
        raise


def extend_by_task(*, task_id: UUID, why: Why, statement: str, official_id: UUID) -> None:
    """The same, chosen where people were called about its end: both happen, or neither.

    Raises CannotKeepError or CannotFinishError.
    """
    found = reviews.get_block(get_task(task_id).subject_id)
    try:
        with transaction.atomic():
            tasks.finish_task(
                task_id=task_id, outcome=Outcome.EXTEND, note=statement, official_id=official_id
            )
            term.extend_block(
                block_id=found.pk,
                why=why,
                statement=statement,
                official_id=official_id,
                minor=may_show_a_minor(found),
            )
    except (CannotKeepError, tasks.CannotFinishError) as refused:
        term.refused(subject=found, tried=Tried.EXTEND, code=refused.code, official_id=official_id)
        raise


def ask_itself(*, review_id: UUID, official_id: UUID) -> None:
    """Nobody can decide at present: the operator is told so. Raises CannotKeepError, and then the try is kept."""
    try:
        term.ask_operator_itself(
            review_id=review_id, official_id=official_id, has_quorum=standing().has_quorum
        )
    except CannotKeepError as refused:
        found = reviews.get_review(review_id)
        term.refused(subject=found, tried=Tried.ASK_ITSELF, code=refused.code, official_id=official_id)
        raise
