"""The term of a block, from the jurisdiction pack: the law's limit, and our own reminder before it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import ON_THE_CLOCK, Block
from haetae.law.packs import load_pack


def set_term(block_id: UUID, *, begun_at: datetime) -> datetime:
    """Called inside the change that begins the block. Returns when the law's term ends."""
    pack = load_pack(settings.JURISDICTION)
    limit = pack.provisional_block
    ends_at = pack.due_at(start=begun_at, duration=limit.maximum)
    deadlines.set_deadline(
        kind=Kind.BLOCK_ENDS,
        subject_id=block_id,
        basis=Basis.LEGAL,
        source=f"{limit.source.key} {limit.article}",
        due_at=ends_at,
    )
    _set_reminder(block_id, ends_at=ends_at)
    return ends_at


def set_kept(block_id: UUID, *, at: datetime) -> datetime:
    """What another case keeps is shown at the latest when a block that begins now would end. The rule is ours."""
    pack = load_pack(settings.JURISDICTION)
    until = pack.due_at(start=at, duration=pack.provisional_block.maximum)
    set_extended(block_id, until=until)
    return until


def set_extended(block_id: UUID, *, until: datetime) -> None:
    """Our own end of what goes on beyond the law's term, which keeps its row; called inside the change that does so."""
    source = load_pack(settings.JURISDICTION).block_extension.source.key
    deadlines.set_deadline(
        kind=Kind.BLOCK_ENDS, subject_id=block_id, basis=Basis.POLICY, source=source, due_at=until
    )
    _set_reminder(block_id, ends_at=until)


def _set_reminder(block_id: UUID, *, ends_at: datetime) -> None:
    review = load_pack(settings.JURISDICTION).review
    deadlines.set_deadline(
        kind=Kind.BLOCK_REMINDER,
        subject_id=block_id,
        basis=Basis.POLICY,
        source=review.source.key,
        due_at=ends_at - review.remind_before_block_ends.as_timedelta(),
    )


def ends_soon(block: ProvisionalBlock, *, at: datetime) -> datetime | None:
    """When the term ends, where people have been told of it or ought to have been, or where it is over; else None."""
    if Block(block.state) not in ON_THE_CLOCK | {Block.EXPIRED} or block.ends_at is None:
        return None
    review = load_pack(settings.JURISDICTION).review
    told_at = block.ends_at - review.remind_before_block_ends.as_timedelta()
    return block.ends_at if at >= told_at else None


def set_see_back(block_id: UUID, *, at: datetime) -> None:
    """By when we want to have seen it back; called inside the change that takes the operator's word."""
    pack = load_pack(settings.JURISDICTION)
    deadlines.set_deadline(
        kind=Kind.SEE_BACK,
        subject_id=block_id,
        basis=Basis.POLICY,
        source=pack.review.source.key,
        due_at=pack.due_at(start=at, duration=pack.review.decide_within),
    )
