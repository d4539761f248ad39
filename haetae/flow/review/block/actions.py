"""Everything that writes about provisional blocks."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import may_move
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.review.block import due
from haetae.flow.review.block.moving import (
    begin_keeping,
    begin_lifting,
    begin_term,
    call_people,
    call_people_undecided,
    end_running,
    leave_the_clock,
    locked,
    move,
    running_at,
)
from haetae.flow.review.block.term.queries import may_judge_itself
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import BLOCK_MOVES, MEANT_HIDDEN, Block, By
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why

_HIDDEN_SO_FAR = frozenset({Block.CLAIMED, Block.HIDDEN, Block.KEPT, Block.EXPIRED})
_IN_FORCE = frozenset({Block.WANTED, Block.CLAIMED, Block.HIDDEN, Block.LASTING})


@transaction.atomic
def begin_block(*, request_id: UUID, sighting_id: UUID, by: By | None) -> None:
    """The operator is unsure: it has hidden it, or we may do so in its name, or (by nobody) a person must see to it.

    A block that runs goes on; one that was about to end, or never began, gives way to the new one with its own term.
    """
    running = running_at(sighting_id)
    if running is not None and Block(running.state) in _IN_FORCE:
        return
    if running is not None:
        end_running(running)
    first = {By.OPERATOR: Block.CLAIMED, By.US: Block.WANTED, None: Block.NOT_DONE}[by]
    earlier = ProvisionalBlock.objects.filter(request_id=request_id).count()
    block = ProvisionalBlock.objects.create(
        # By what it is: a database that was put back gives it the same name, and what is said the same key.
        pk=derived_id("block", request_id, earlier),
        request_id=request_id,
        sighting_id=sighting_id,
        by=by or By.OPERATOR,
        state=first,
        changed_at=clock.now(),
    )
    if first is Block.CLAIMED:
        begin_term(block)
        record(event="review.block_claimed", subject=block, actor=SYSTEM, facts={"by": block.by})
    elif first is Block.WANTED:
        record(event="review.block_wanted", subject=block, actor=SYSTEM, facts={"by": block.by})
    else:
        call_people(block, Why.NOT_BLOCKED)
        record(event="review.not_blocked", subject=block, actor=SYSTEM)


@transaction.atomic
def block_answered(*, block_id: UUID, attempt_id: int | None = None, actor: Actor) -> bool:
    """The operator says that it is hidden: to a request of ours, or without one. False when that changes nothing."""
    block = locked(block_id)
    if attempt_id is not None and not deliveries.delivered(attempt_id=attempt_id, outcome="answered_blocked"):
        return False
    if not may_move(BLOCK_MOVES, Block(block.state), Block.CLAIMED):
        return False
    move(block, Block.CLAIMED)
    begin_term(block)
    deliveries.stop(subject_id=block.pk, kind=Said.BLOCK)
    record(event="review.block_claimed", subject=block, actor=actor, facts={"by": block.by})
    return True


@transaction.atomic
def could_not_block(*, block_id: UUID, code: str) -> None:
    """Nobody could be asked to hide it; the person has the task from the delivery."""
    block = locked(block_id)
    if Block(block.state) is Block.WANTED:
        move(block, Block.NOT_DONE)
        record(event="review.not_blocked", subject=block, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def block_seen(*, sighting_id: UUID, hidden: bool) -> None:
    """What our own eyes say of a block: nobody can see it, or everybody can."""
    block = running_at(sighting_id)
    if block is None:
        return
    if hidden and may_move(BLOCK_MOVES, Block(block.state), Block.HIDDEN):
        if Block(block.state) is Block.NOT_DONE:
            begin_term(block)  # hidden after all, and nobody had said so
        move(block, Block.HIDDEN)
        record(event="review.block_seen", subject=block, actor=SYSTEM)
    elif not hidden and Block(block.state) in {Block.CLAIMED, Block.HIDDEN}:
        leave_the_clock(block)
        move(block, Block.NOT_DONE)
        call_people(block, Why.NOT_BLOCKED)
        record(event="review.not_blocked", subject=block, actor=SYSTEM, facts={"code": "seen_live"})


@transaction.atomic
def make_lasting(*, sighting_id: UUID) -> None:
    """Decided to remove or to block: what is hidden stays hidden, and no term runs any more.

    What is not hidden, or about to be shown again, is left to the order that follows; nothing of ours undoes it.
    """
    block = running_at(sighting_id)
    if block is None or Block(block.state) is Block.LASTING:
        return
    if Block(block.state) not in _HIDDEN_SO_FAR:
        end_running(block)
    else:
        leave_the_clock(block)
        move(block, Block.LASTING)
        record(event="review.block_lasting", subject=block, actor=SYSTEM)


@transaction.atomic
def end(*, sighting_id: UUID) -> None:
    """It was removed: nothing is left to hide."""
    block = running_at(sighting_id)
    if block is not None:
        end_running(block)


@transaction.atomic
def lift(*, block_id: UUID, others: Sequence[UUID]) -> None:
    """It is to be shown again, unless `others`, open requests with the same picture, keep it hidden.

    A term that is over keeps nothing hidden, and what was never hidden needs no keeping.
    """
    block = locked(block_id)
    before = Block(block.state)
    if others and before in {Block.WANTED, Block.NOT_DONE}:
        end_running(block)
    elif others and before in {Block.CLAIMED, Block.HIDDEN, Block.LASTING}:
        move(block, Block.KEPT)
        if before is Block.LASTING:
            begin_keeping(block)
        _record_kept(block, others)
    elif may_move(BLOCK_MOVES, before, Block.LIFTING) and (before is not Block.KEPT or not others):
        begin_lifting(block)


@transaction.atomic
def bring_back(*, request_id: UUID, sighting_id: UUID, others: Sequence[UUID]) -> None:
    """What was deleted, or hidden without a term, may stay after all: it is to be shown again, unless `others`."""
    if running_at(sighting_id) is not None:
        return
    earlier = ProvisionalBlock.objects.filter(request_id=request_id).count()
    block = ProvisionalBlock.objects.create(
        # By what it is: a database that was put back gives it the same name, and what is said the same key.
        pk=derived_id("block", request_id, earlier),
        request_id=request_id,
        sighting_id=sighting_id,
        by=By.OPERATOR,
        state=Block.KEPT if others else Block.LIFTING,
        changed_at=clock.now(),
    )
    if others:
        begin_keeping(block)
        _record_kept(block, others)
    else:
        record(event="review.lift_wanted", subject=block, actor=SYSTEM)


@transaction.atomic
def lift_answered(*, block_id: UUID, attempt_id: int | None = None, actor: Actor) -> bool:
    """The operator says that it is back: to a request of ours, or without one. False when that changes nothing.

    What was extended, or what nobody can decide, it may show by its own judgement: the measure is its own.
    """
    block = locked(block_id)
    before = Block(block.state)
    if attempt_id is not None and not deliveries.delivered(
        attempt_id=attempt_id, outcome="answered_restored"
    ):
        return False
    by_itself = before in MEANT_HIDDEN and may_judge_itself(block)
    if not may_move(BLOCK_MOVES, before, Block.LIFT_CLAIMED) or (before in MEANT_HIDDEN and not by_itself):
        return False
    leave_the_clock(block)
    move(block, Block.LIFT_CLAIMED)
    deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
    due.set_see_back(block.pk, at=clock.now())
    facts: dict[str, Fact] = {"by_itself": True} if by_itself else {}
    record(event="review.lift_claimed", subject=block, actor=actor, facts=facts)
    if by_itself:
        call_people_undecided(block)
    return True


@transaction.atomic
def restore_seen(*, sighting_id: UUID, back: bool) -> None:
    """What our own eyes say: it is back, or it is not although it ought to be."""
    block = running_at(sighting_id)
    if block is None:
        return
    if back and may_move(BLOCK_MOVES, Block(block.state), Block.RESTORED):
        move(block, Block.RESTORED)
        deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
        tasks.resolve(subject_id=block.pk)
        record(event="review.restored", subject=block, actor=SYSTEM)
    elif not back and Block(block.state) is Block.LIFT_CLAIMED:
        move(block, Block.NOT_BACK)
        call_people(block, Why.NOT_RESTORED)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": "seen_gone"})


@transaction.atomic
def could_not_lift(*, block_id: UUID, code: str) -> None:
    """Nobody could be asked to show it again; the person has the task from the delivery."""
    block = locked(block_id)
    if Block(block.state) is Block.LIFTING:
        move(block, Block.NOT_BACK)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def not_seen_back(*, block_id: UUID) -> None:
    """The operator says that it is back, and we could not see it in time: a person is told."""
    block = locked(block_id)
    if Block(block.state) is Block.LIFT_CLAIMED:
        move(block, Block.NOT_BACK)
        call_people(block, Why.NOT_RESTORED)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": "not_seen"})


def _record_kept(block: ProvisionalBlock, others: Sequence[UUID]) -> None:
    facts: dict[str, Fact] = {"others": len(others), "first": str(others[0])}
    record(event="review.kept", subject=block, actor=SYSTEM, facts=facts)
