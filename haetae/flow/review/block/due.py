"""The term of a block, from the jurisdiction pack: the law's limit, and our own reminder before it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack


def set_term(block_id: UUID, *, begun_at: datetime) -> None:
    """Called inside the change that begins the block."""
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
    deadlines.set_deadline(
        kind=Kind.BLOCK_REMINDER,
        subject_id=block_id,
        basis=Basis.POLICY,
        source=pack.review.source.key,
        due_at=ends_at - pack.review.remind_before_block_ends.as_timedelta(),
    )


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
