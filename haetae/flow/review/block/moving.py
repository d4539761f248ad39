"""What the changes of a block have in common: parts of one, each called inside it."""

from datetime import datetime
from uuid import UUID

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.review.block import due
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import BLOCK_ENDS, BLOCK_MOVES, UNDECIDED, Block
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why
from haetae.flow.urgency import NO_TERM

_CLOCKS = (Kind.BLOCK_REMINDER, Kind.BLOCK_ENDS, Kind.SEE_BACK)


def begin_lifting(block: ProvisionalBlock) -> None:
    leave_the_clock(block)
    move(block, Block.LIFTING)
    record(event="review.lift_wanted", subject=block, actor=SYSTEM)


def end_running(block: ProvisionalBlock) -> None:
    leave_the_clock(block)
    deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
    move(block, Block.ENDED)
    record(event="review.block_ended", subject=block, actor=SYSTEM)


def begin_term(block: ProvisionalBlock) -> None:
    block.begun_at = clock.now()
    block.ends_at = due.set_term(block.pk, begun_at=block.begun_at)
    block.save(update_fields=["begun_at", "ends_at"])
    tasks.resolve(subject_id=block.pk)


def begin_keeping(block: ProvisionalBlock) -> None:
    """No term ran, and another case keeps it from being shown again: for so long as the law lets a block last."""
    block.ends_at = due.set_kept(block.pk, at=clock.now())
    block.save(update_fields=["ends_at"])


def leave_the_clock(block: ProvisionalBlock) -> None:
    deliveries.stop(subject_id=block.pk, kind=Said.BLOCK)
    deadlines.close(subject_id=block.pk, kinds=_CLOCKS)
    tasks.resolve(subject_id=block.pk)
    set_term(block, None)


def set_term(block: ProvisionalBlock, law_ends_at: datetime | None) -> None:
    """What waits about this place is urgent by the law now, or no more."""
    undecided = Review.objects.filter(sighting_id=block.sighting_id, state__in=sorted(UNDECIDED))
    undecided.update(law_ends_at=law_ends_at or NO_TERM)
    tasks.set_term(sighting_id=block.sighting_id, law_ends_at=law_ends_at)


def call_people(block: ProvisionalBlock, why: Why) -> None:
    tasks.open_task(kind=why, subject_id=block.pk, sighting_id=block.sighting_id)


def call_people_undecided(block: ProvisionalBlock) -> None:
    """It is shown again before anybody has decided: whoever can see to a decision is told, until there is one."""
    undecided = Review.objects.filter(sighting_id=block.sighting_id, state__in=sorted(UNDECIDED)).first()
    if undecided is not None:
        tasks.open_task(kind=Why.SHOWN_UNDECIDED, subject_id=undecided.pk, sighting_id=block.sighting_id)


def locked(block_id: UUID) -> ProvisionalBlock:
    return ProvisionalBlock.objects.select_for_update().get(pk=block_id)


def running_at(sighting_id: UUID) -> ProvisionalBlock | None:
    found = ProvisionalBlock.objects.select_for_update().filter(sighting_id=sighting_id)
    return found.exclude(state__in=sorted(BLOCK_ENDS)).first()


def move(block: ProvisionalBlock, after: Block) -> None:
    check_move(BLOCK_MOVES, Block(block.state), after)
    block.state = after
    block.changed_at = clock.now()
    block.save(update_fields=["state", "changed_at"])
