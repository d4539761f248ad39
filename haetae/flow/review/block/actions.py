"""Everything that writes about provisional blocks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.review.block import due
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import BLOCK_ENDS, BLOCK_MOVES, ON_THE_CLOCK, UNDECIDED, Block, By
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why
from haetae.flow.urgency import NO_TERM

_CLOCKS = (Kind.BLOCK_REMINDER, Kind.BLOCK_ENDS, Kind.SEE_BACK)
_HIDDEN_SO_FAR = frozenset({Block.CLAIMED, Block.HIDDEN, Block.KEPT, Block.EXPIRED})
_IN_FORCE = frozenset({Block.WANTED, Block.CLAIMED, Block.HIDDEN, Block.LASTING})


@transaction.atomic
def begin_block(*, request_id: UUID, sighting_id: UUID, by: By | None) -> None:
    """The operator is unsure: it has hidden it, or we may do so in its name, or (by nobody) a person must see to it.

    A block that runs goes on; one that was about to end, or never began, gives way to the new one with its own term.
    """
    running = _running(sighting_id)
    if running is not None and Block(running.state) in _IN_FORCE:
        return
    if running is not None:
        _end(running)
    first = {By.OPERATOR: Block.CLAIMED, By.US: Block.WANTED, None: Block.NOT_DONE}[by]
    block = ProvisionalBlock.objects.create(
        request_id=request_id,
        sighting_id=sighting_id,
        by=by or By.OPERATOR,
        state=first,
        changed_at=clock.now(),
    )
    if first is Block.CLAIMED:
        _begin_term(block)
        record(event="review.block_claimed", subject=block, actor=SYSTEM, facts={"by": block.by})
    elif first is Block.WANTED:
        record(event="review.block_wanted", subject=block, actor=SYSTEM, facts={"by": block.by})
    else:
        _call_people(block, Why.NOT_BLOCKED)
        record(event="review.not_blocked", subject=block, actor=SYSTEM)


@transaction.atomic
def block_answered(*, block_id: UUID, attempt_id: int | None = None, actor: Actor) -> bool:
    """The operator says that it is hidden: to a request of ours, or without one. False when that changes nothing."""
    block = _locked(block_id)
    if attempt_id is not None:
        deliveries.delivered(attempt_id=attempt_id, outcome="answered_blocked")
    if not may_move(BLOCK_MOVES, Block(block.state), Block.CLAIMED):
        return False
    _move(block, Block.CLAIMED)
    _begin_term(block)
    deliveries.stop(subject_id=block.pk, kind=Said.BLOCK)
    record(event="review.block_claimed", subject=block, actor=actor, facts={"by": block.by})
    return True


@transaction.atomic
def could_not_block(*, block_id: UUID, code: str) -> None:
    """Nobody could be asked to hide it; the person has the task from the delivery."""
    block = _locked(block_id)
    if Block(block.state) is Block.WANTED:
        _move(block, Block.NOT_DONE)
        record(event="review.not_blocked", subject=block, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def block_seen(*, sighting_id: UUID, hidden: bool) -> None:
    """What our own eyes say of a block: nobody can see it, or everybody can."""
    block = _running(sighting_id)
    if block is None:
        return
    if hidden and may_move(BLOCK_MOVES, Block(block.state), Block.HIDDEN):
        if Block(block.state) is Block.NOT_DONE:
            _begin_term(block)  # hidden after all, and nobody had said so
        _move(block, Block.HIDDEN)
        record(event="review.block_seen", subject=block, actor=SYSTEM)
    elif not hidden and Block(block.state) in {Block.CLAIMED, Block.HIDDEN}:
        _leave_the_clock(block)
        _move(block, Block.NOT_DONE)
        _call_people(block, Why.NOT_BLOCKED)
        record(event="review.not_blocked", subject=block, actor=SYSTEM, facts={"code": "seen_live"})


@transaction.atomic
def remind(*, block_id: UUID) -> None:
    """The block ends soon, and nobody has decided: a person is told before, not after."""
    block = _locked(block_id)
    if Block(block.state) in ON_THE_CLOCK:
        _call_people(block, Why.BLOCK_ENDS)
        _set_term(block, due.ends_soon(block, at=clock.now()))
        record(event="review.block_ends_soon", subject=block, actor=SYSTEM)


@transaction.atomic
def expire(*, block_id: UUID) -> None:
    """The law's term is over, and nobody has decided. It is said aloud; a person ends the block or decides.

    What was decided to be shown again, and only another case kept hidden, is shown again now.
    """
    block = _locked(block_id)
    if Block(block.state) is Block.KEPT:
        _begin_lifting(block)
    elif Block(block.state) in ON_THE_CLOCK:
        _move(block, Block.EXPIRED)
        _call_people(block, Why.BLOCK_ENDS)
        _set_term(block, due.ends_soon(block, at=clock.now()))
        record(event="review.block_expired", subject=block, actor=SYSTEM)


@transaction.atomic
def make_lasting(*, sighting_id: UUID) -> None:
    """Decided to remove or to block: what is hidden stays hidden, and no term runs any more.

    What is not hidden, or about to be shown again, is left to the order that follows; nothing of ours undoes it.
    """
    block = _running(sighting_id)
    if block is None or Block(block.state) is Block.LASTING:
        return
    if Block(block.state) not in _HIDDEN_SO_FAR:
        _end(block)
    else:
        _leave_the_clock(block)
        _move(block, Block.LASTING)
        record(event="review.block_lasting", subject=block, actor=SYSTEM)


@transaction.atomic
def end(*, sighting_id: UUID) -> None:
    """It was removed: nothing is left to hide."""
    block = _running(sighting_id)
    if block is not None:
        _end(block)


@transaction.atomic
def lift(*, block_id: UUID, others: Sequence[UUID]) -> None:
    """It is to be shown again, unless `others`, open requests with the same picture, keep it hidden.

    A term that is over keeps nothing hidden, and what was never hidden needs no keeping.
    """
    block = _locked(block_id)
    before = Block(block.state)
    if others and before in {Block.WANTED, Block.NOT_DONE}:
        _end(block)
    elif others and before in {Block.CLAIMED, Block.HIDDEN, Block.LASTING}:
        _move(block, Block.KEPT)
        _record_kept(block, others)
    elif may_move(BLOCK_MOVES, before, Block.LIFTING) and (before is not Block.KEPT or not others):
        _begin_lifting(block)


@transaction.atomic
def bring_back(*, request_id: UUID, sighting_id: UUID, others: Sequence[UUID]) -> None:
    """What was deleted, or hidden without a term, may stay after all: it is to be shown again, unless `others`."""
    if _running(sighting_id) is not None:
        return
    block = ProvisionalBlock.objects.create(
        request_id=request_id,
        sighting_id=sighting_id,
        by=By.OPERATOR,
        state=Block.KEPT if others else Block.LIFTING,
        changed_at=clock.now(),
    )
    if others:
        _record_kept(block, others)
    else:
        record(event="review.lift_wanted", subject=block, actor=SYSTEM)


@transaction.atomic
def lift_answered(*, block_id: UUID, attempt_id: int | None = None, actor: Actor) -> bool:
    """The operator says that it is back: to a request of ours, or without one. False when that changes nothing."""
    block = _locked(block_id)
    if attempt_id is not None:
        deliveries.delivered(attempt_id=attempt_id, outcome="answered_restored")
    if not may_move(BLOCK_MOVES, Block(block.state), Block.LIFT_CLAIMED):
        return False
    _move(block, Block.LIFT_CLAIMED)
    deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
    tasks.resolve(subject_id=block.pk)
    due.set_see_back(block.pk, at=clock.now())
    record(event="review.lift_claimed", subject=block, actor=actor)
    return True


@transaction.atomic
def restore_seen(*, sighting_id: UUID, back: bool) -> None:
    """What our own eyes say: it is back, or it is not although it ought to be."""
    block = _running(sighting_id)
    if block is None:
        return
    if back and may_move(BLOCK_MOVES, Block(block.state), Block.RESTORED):
        _move(block, Block.RESTORED)
        deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
        tasks.resolve(subject_id=block.pk)
        record(event="review.restored", subject=block, actor=SYSTEM)
    elif not back and Block(block.state) is Block.LIFT_CLAIMED:
        _move(block, Block.NOT_BACK)
        _call_people(block, Why.NOT_RESTORED)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": "seen_gone"})


@transaction.atomic
def could_not_lift(*, block_id: UUID, code: str) -> None:
    """Nobody could be asked to show it again; the person has the task from the delivery."""
    block = _locked(block_id)
    if Block(block.state) is Block.LIFTING:
        _move(block, Block.NOT_BACK)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def not_seen_back(*, block_id: UUID) -> None:
    """The operator says that it is back, and we could not see it in time: a person is told."""
    block = _locked(block_id)
    if Block(block.state) is Block.LIFT_CLAIMED:
        _move(block, Block.NOT_BACK)
        _call_people(block, Why.NOT_RESTORED)
        record(event="review.not_restored", subject=block, actor=SYSTEM, facts={"code": "not_seen"})


def _record_kept(block: ProvisionalBlock, others: Sequence[UUID]) -> None:
    facts: dict[str, Fact] = {"others": len(others), "first": str(others[0])}
    record(event="review.kept", subject=block, actor=SYSTEM, facts=facts)


def _begin_lifting(block: ProvisionalBlock) -> None:
    _leave_the_clock(block)
    _move(block, Block.LIFTING)
    record(event="review.lift_wanted", subject=block, actor=SYSTEM)


def _end(block: ProvisionalBlock) -> None:
    _leave_the_clock(block)
    deliveries.stop(subject_id=block.pk, kind=Said.RESTORE)
    _move(block, Block.ENDED)
    record(event="review.block_ended", subject=block, actor=SYSTEM)


def _begin_term(block: ProvisionalBlock) -> None:
    block.begun_at = clock.now()
    block.save(update_fields=["begun_at"])
    due.set_term(block.pk, begun_at=block.begun_at)
    tasks.resolve(subject_id=block.pk)


def _leave_the_clock(block: ProvisionalBlock) -> None:
    deliveries.stop(subject_id=block.pk, kind=Said.BLOCK)
    deadlines.close(subject_id=block.pk, kinds=_CLOCKS)
    tasks.resolve(subject_id=block.pk)
    _set_term(block, None)


def _set_term(block: ProvisionalBlock, law_ends_at: datetime | None) -> None:
    """What waits about this place is urgent by the law now, or no more."""
    undecided = Review.objects.filter(sighting_id=block.sighting_id, state__in=sorted(UNDECIDED))
    undecided.update(law_ends_at=law_ends_at or NO_TERM)
    tasks.set_term(sighting_id=block.sighting_id, law_ends_at=law_ends_at)


def _call_people(block: ProvisionalBlock, why: Why) -> None:
    tasks.open_task(kind=why, subject_id=block.pk, sighting_id=block.sighting_id)


def _locked(block_id: UUID) -> ProvisionalBlock:
    return ProvisionalBlock.objects.select_for_update().get(pk=block_id)


def _running(sighting_id: UUID) -> ProvisionalBlock | None:
    running = ProvisionalBlock.objects.select_for_update().filter(sighting_id=sighting_id)
    return running.exclude(state__in=sorted(BLOCK_ENDS)).first()


def _move(block: ProvisionalBlock, after: Block) -> None:
    check_move(BLOCK_MOVES, Block(block.state), after)
    block.state = after
    block.changed_at = clock.now()
    block.save(update_fields=["state", "changed_at"])
