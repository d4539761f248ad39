"""How long something may be hidden for now: who is told of the end, what a clock forces, what people choose."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import roles_on
from haetae.accounts.rules import why_not
from haetae.agencies.support.queries import may_be_of_a_minor
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.assessment import queries as assessments
from haetae.flow.removal import queries as requests
from haetae.flow.review import queries as reviews
from haetae.flow.review.block import actions as block
from haetae.flow.review.block.term import actions as term
from haetae.flow.review.block.term import queries as terms
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.rules import why_not_end
from haetae.flow.review.block.term.states import Tried, Why
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.commission.rules import BINDING
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import Block
from haetae.flow.steps.asking import is_of_a_minor
from haetae.flow.steps.reviewing import others_with
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.queries import get_task, is_ended_so
from haetae.flow.tasks.states import OUTCOMES, Kind, Outcome


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
    term.force(block_id=found.pk, others_until=until, minor=may_show_a_minor(found))


def may_show_a_minor(found: ProvisionalBlock | Review) -> bool:
    """Whether a list, a decision, a request or anybody who reported it says so, of this picture at any place."""
    assessment = found.request.assessment
    places = assessments.sightings_with_the_same_picture([found.sighting_id]) | {found.sighting_id}
    asked = requests.of_sighting(found.sighting_id)
    return (
        is_of_a_minor(assessment)
        or any(request.minor_protected for request in asked)
        or may_be_of_a_minor(places)
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

    def extend_it(found: ProvisionalBlock) -> None:
        term.extend_block(
            block_id=found.pk,
            why=why,
            statement=statement,
            official_id=official_id,
            minor=may_show_a_minor(found),
        )

    _by_task(
        task_id, outcome=Outcome.EXTEND, note=statement, official_id=official_id, tried=Tried.EXTEND,
        act=extend_it,
    )  # fmt: skip


def end_by_task(*, task_id: UUID, note: str, official_id: UUID) -> None:
    """Shown again before a decision, chosen at the same place; what follows from the task lifts it.

    Raises CannotKeepError or CannotFinishError.
    """

    def look_first(found: ProvisionalBlock) -> None:
        code = _why_not_end(found, official_id=official_id)
        if code is not None:
            raise CannotKeepError(code)

    _by_task(
        task_id, outcome=Outcome.RESTORE, note=note, official_id=official_id, tried=Tried.RESTORE,
        act=look_first,
    )  # fmt: skip


def lift_by_hand(block_id: UUID, *, official_id: UUID) -> None:
    """A person has ended a block before a decision. Asked anew: what may not be shown any more by now stays hidden."""
    found = reviews.get_block(block_id)
    code = _why_not_end(found, official_id=official_id)
    if code is not None:
        term.refused(subject=found, tried=Tried.RESTORE, code=code, official_id=official_id)
        return
    block.lift(block_id=block_id, others=others_with(found.request.assessment))


def _why_not_end(found: ProvisionalBlock, *, official_id: UUID) -> str | None:
    is_kept = Block(found.state) is Block.KEPT and bool(others_with(found.request.assessment))
    return why_not_end(
        Block(found.state),
        stays=terms.decision_at(found) in BINDING,
        is_kept=is_kept,
        minor=may_show_a_minor(found),
        protects=_protects_minors(official_id),
    )


def _protects_minors(official_id: UUID) -> bool:
    official = Official.objects.filter(pk=official_id).first()
    roles = roles_on(official, day=timezone.localdate(clock.now())) if official else frozenset()
    return why_not(Permission.LOOK_MINOR, roles=roles) is None


def _by_task(
    task_id: UUID, *, outcome: Outcome, note: str, official_id: UUID, tried: Tried,
    act: Callable[[ProvisionalBlock], object],
) -> None:  # fmt: skip
    """The task ends and the act happens, or neither, and then the try is kept. Sent twice it happens once."""
    task = get_task(task_id)
    if outcome not in OUTCOMES[Kind(task.kind)]:
        raise tasks.CannotFinishError("outcome_does_not_fit")
    if is_ended_so(task_id, outcome=outcome, note=note, official_id=official_id):
        return
    found = reviews.get_block(task.subject_id)
    try:
        with transaction.atomic():
            tasks.finish_task(task_id=task_id, outcome=outcome, note=note, official_id=official_id)
            act(found)
    except (CannotKeepError, tasks.CannotFinishError) as refused:
        term.refused(subject=found, tried=tried, code=refused.code, official_id=official_id)
        raise


def ask_itself(*, review_id: UUID, official_id: UUID) -> None:
    """Nobody can decide at present: the operator is told so. Raises CannotKeepError, and then the try is kept."""
    found = reviews.get_review(review_id)
    try:
        term.ask_operator_itself(
            review_id=review_id,
            official_id=official_id,
            has_quorum=standing().has_quorum,
            minor=may_show_a_minor(found),
        )
    except CannotKeepError as refused:
        term.refused(subject=found, tried=Tried.ASK_ITSELF, code=refused.code, official_id=official_id)
        raise
