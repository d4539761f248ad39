"""Everything that writes about how long something is hidden: people extend or end it, or a clock forces that."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.flow.review.block import due
from haetae.flow.review.block.moving import (
    begin_lifting,
    call_people,
    call_people_undecided,
    locked,
    move,
    set_term,
)
from haetae.flow.review.block.term import rules
from haetae.flow.review.block.term.models import BlockExtension, OperatorAsked
from haetae.flow.review.block.term.queries import decision_at, standing_of
from haetae.flow.review.block.term.states import Tried, Why
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import ON_THE_CLOCK, UNDECIDED, Block, State
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Task
from haetae.law.packs import load_pack


class CannotKeepError(Exception):
    """`code` says why it is not extended, not ended, or why the operator is not asked to judge by itself."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def extend_block(*, block_id: UUID, why: Why, statement: str, official_id: UUID, minor: bool) -> datetime:
    """An official lets it go on beyond its term, and says why. Returns until when. Raises CannotKeepError.

    `minor`: whether a minor is shown or may be, gathered by whoever knows all rooms. A decision that comes at the
    same moment waits for this, or is seen here.
    """
    block = locked(block_id)
    _wait_for_a_decision(block)
    standing = standing_of(block, minor=minor, at=clock.now())
    _refuse(rules.why_not_extend(standing, why=why, statement=statement))
    return _extend(block, why=why, statement=statement.strip(), official_id=official_id)


@transaction.atomic
def remind(*, block_id: UUID) -> None:
    """The block ends soon, and nobody has decided: a person is told before, not after."""
    block = locked(block_id)
    if Block(block.state) in ON_THE_CLOCK:
        call_people(block, Task.BLOCK_ENDS)
        set_term(block, due.ends_soon(block, at=clock.now()))
        record(event="review.block_ends_soon", subject=block, actor=SYSTEM)


@transaction.atomic
def expire(*, block_id: UUID, minor: bool) -> None:
    """The term is over, and nobody chose. It is said aloud, and what follows shows it again, but never a minor.

    Where it was extended meanwhile the law's term passes here too, and ends nothing. What was decided to stay hidden is
    left to what follows from that.
    """
    block = locked(block_id)
    _wait_for_a_decision(block)
    if Block(block.state) not in ON_THE_CLOCK | {Block.EXPIRED} or not rules.is_over(
        block.ends_at, at=clock.now()
    ):
        return
    decided = decision_at(block)
    if decided in {State.REMOVE, State.BLOCK_ACCESS}:
        return
    if minor and decided is not State.NOT_HARMFUL:
        _extend(block, why=Why.MINOR, statement="", official_id=None)
        call_people(block, Task.BLOCK_ENDS)
    elif Block(block.state) is Block.KEPT:
        begin_lifting(block)
        call_people_undecided(block)
    else:
        _say_that_it_is_over(block)


@transaction.atomic
def force(*, block_id: UUID, others_until: datetime | None, minor: bool) -> None:
    """Nobody has extended what is over: it is shown again now.

    `others_until`: other cases with this picture are hidden at the same operator until then, and it with them.
    `minor`: somebody may have said so since the term was over.
    """
    block = locked(block_id)
    decided = decision_at(block)
    if Block(block.state) is not Block.EXPIRED or decided in {State.REMOVE, State.BLOCK_ACCESS}:
        return
    if minor and decided is not State.NOT_HARMFUL:
        _extend(block, why=Why.MINOR, statement="", official_id=None)
        call_people(block, Task.BLOCK_ENDS)
        return
    if others_until is None:
        begin_lifting(block)
        call_people_undecided(block)
        return
    move(block, Block.KEPT)
    _set_end(block, others_until)
    facts: dict[str, Fact] = {"until": others_until.isoformat(), "by": "clock"}
    record(event="review.kept", subject=block, actor=SYSTEM, facts=facts)


@transaction.atomic
def ask_operator_itself(*, review_id: UUID, official_id: UUID, has_quorum: bool, minor: bool) -> None:
    """Nobody can decide at present: the operator is told that it may delete, keep hidden or show by its own judgement.

    Asked once, and never where a minor is shown or may be. Nothing is presumed, and the review stays to be decided.
    Raises CannotKeepError.
    """
    review = Review.objects.select_for_update().get(pk=review_id)
    if State(review.state) not in UNDECIDED:
        raise CannotKeepError("decided_meanwhile")
    if has_quorum:
        raise CannotKeepError("quorum_there")
    if minor:
        raise CannotKeepError("minor_not_left_to_operators")
    _, is_new = OperatorAsked.objects.get_or_create(
        review=review, defaults={"official_id": official_id, "at": clock.now()}
    )
    if is_new:
        record(event="review.operator_asked_itself", subject=review, actor=_by(official_id))


@transaction.atomic
def refused(*, subject: ProvisionalBlock | Review, tried: Tried, code: str, official_id: UUID) -> None:
    """What was tried and may not be is kept, with why; called when what was tried has been undone."""
    facts: dict[str, Fact] = {"tried": str(tried), "code": code}
    record(event="review.block_refused", subject=subject, actor=_by(official_id), facts=facts)


def _extend(block: ProvisionalBlock, *, why: Why, statement: str, official_id: UUID | None) -> datetime:
    pack, now = load_pack(settings.JURISDICTION), clock.now()
    assert block.ends_at is not None, "what is on the clock has an end"
    since = max(block.ends_at, now)
    until = pack.due_at(start=since, duration=pack.block_extension.extend_by)
    BlockExtension.objects.create(
        block=block, why=why, statement=statement, official_id=official_id, since=since, until=until, at=now
    )
    if Block(block.state) is Block.EXPIRED:
        move(block, Block.CLAIMED)
    _set_end(block, until)
    tasks.resolve(subject_id=block.pk, kinds=frozenset({Task.BLOCK_ENDS}))
    facts: dict[str, Fact] = {"why": str(why), "until": until.isoformat()}
    record(
        event="review.block_extended",
        subject=block,
        actor=SYSTEM if official_id is None else _by(official_id),
        facts=facts,
    )
    return until


def _set_end(block: ProvisionalBlock, until: datetime) -> None:
    block.ends_at = until
    block.save(update_fields=["ends_at"])
    due.set_extended(block.pk, until=until)
    set_term(block, due.ends_soon(block, at=clock.now()))


def _say_that_it_is_over(block: ProvisionalBlock) -> None:
    if Block(block.state) is not Block.EXPIRED:
        move(block, Block.EXPIRED)
    record(event="review.block_expired", subject=block, actor=SYSTEM, facts={"by": "clock"})


def _wait_for_a_decision(block: ProvisionalBlock) -> None:
    """Whoever decides at this moment is done before we look whether it is decided."""
    undecided = Review.objects.filter(sighting_id=block.sighting_id, state__in=sorted(UNDECIDED))
    list(undecided.select_for_update().values_list("pk", flat=True))


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotKeepError(code)


def _by(official_id: UUID) -> Actor:
    return Actor(kind="official", id=str(official_id))
