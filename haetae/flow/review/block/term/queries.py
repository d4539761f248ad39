"""Everything that reads how long something may be hidden."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from haetae.flow.review.block import due
from haetae.flow.review.block.term.models import BlockExtension, OperatorAsked
from haetae.flow.review.block.term.rules import Standing
from haetae.flow.review.block.term.states import Why
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import DECISIONS, MEANT_HIDDEN, ON_THE_CLOCK, UNDECIDED, Block, State
from haetae.law.packs import load_pack


def extensions_of(block_id: UUID) -> QuerySet[BlockExtension]:
    """The oldest first."""
    return BlockExtension.objects.filter(block_id=block_id).order_by("since")


def times_extended(block_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How often people extended each of these; one that nobody extended is missing."""
    by_people = BlockExtension.objects.filter(block_id__in=list(block_ids), official_id__isnull=False)
    counted = by_people.order_by().values("block_id").annotate(count=Count("pk"))
    return {row["block_id"]: row["count"] for row in counted}


def ending(*, now: datetime, today_ends: datetime) -> tuple[int, int]:
    """How many undecided blocks end until the end of today, and how many within the time in which people are told."""
    told = load_pack(settings.JURISDICTION).review.remind_before_block_ends.as_timedelta()
    return ending_by(today_ends).count(), ending_by(now + told).count()


def was_asked_itself(sighting_id: UUID) -> OperatorAsked | None:
    """Whether the operator was asked to judge by itself, in the review that is undecided there."""
    asked = OperatorAsked.objects.filter(review__sighting_id=sighting_id, review__state__in=sorted(UNDECIDED))
    return asked.first()


def may_judge_itself(block: ProvisionalBlock) -> bool:
    """Whether the operator may end it by its own judgement: it goes on beyond the law's term, or nobody can decide.

    What goes on because a minor may be shown is left to nobody's judgement but the commission's.
    """
    whys = set(extensions_of(block.pk).values_list("why", flat=True))
    return Why.MINOR not in whys and (bool(whys) or was_asked_itself(block.sighting_id) is not None)


def may_be_judged_by_operator(blocks: Iterable[ProvisionalBlock]) -> set[UUID]:
    """The places of those of these blocks that are in force and of which that holds, for many at once."""
    hidden = {block.pk: block.sighting_id for block in blocks if Block(block.state) in MEANT_HIDDEN}
    extended = set(BlockExtension.objects.filter(block_id__in=list(hidden)).values_list("block_id", "why"))
    minors = {hidden[block_id] for block_id, why in extended if why == Why.MINOR}
    asked = OperatorAsked.objects.filter(
        review__sighting_id__in=list(hidden.values()), review__state__in=sorted(UNDECIDED)
    )
    places = {hidden[block_id] for block_id, _ in extended}
    return (places | set(asked.values_list("review__sighting_id", flat=True))) - minors


def decision_at(block: ProvisionalBlock) -> State | None:
    """What the newest review there has decided; None while one is undecided, or where none has decided."""
    newest = Review.objects.filter(sighting_id=block.sighting_id).order_by("opened_at").last()
    return State(newest.state) if newest is not None and newest.state in DECISIONS else None


def standing_of(block: ProvisionalBlock, *, minor: bool, at: datetime) -> Standing:
    extended = list(extensions_of(block.pk))
    newest = Review.objects.filter(sighting_id=block.sighting_id).order_by("opened_at").last()
    return Standing(
        state=Block(block.state),
        decided=newest is not None and newest.state not in UNDECIDED,
        times=sum(one.official_id is not None for one in extended),
        at_most=load_pack(settings.JURISDICTION).block_extension.at_most,
        is_ahead=bool(extended) and due.ends_soon(block, at=at) is None,
        minor=minor,
    )


def ending_by(moment: datetime) -> QuerySet[ProvisionalBlock]:
    """What is hidden for now, undecided, and not beyond that moment: what ends first comes first."""
    rows = ProvisionalBlock.objects.filter(state__in=sorted(ON_THE_CLOCK), ends_at__lte=moment)
    undecided = Review.objects.filter(sighting=OuterRef("sighting_id"), state__in=sorted(UNDECIDED))
    return rows.filter(Exists(undecided)).order_by("ends_at", "pk")


def others_hidden_there(block: ProvisionalBlock, requests: list[UUID], *, at: datetime) -> datetime | None:
    """Until when other cases with this picture are hidden at the same operator; None where none is.

    Some platforms show every copy again when one is shown.
    """
    rows = ProvisionalBlock.objects.filter(
        request_id__in=requests,
        sighting__operator=block.sighting.operator,
        state__in=sorted({Block.CLAIMED, Block.HIDDEN}),
        ends_at__gt=at,
    )
    return rows.order_by("-ends_at").values_list("ends_at", flat=True).first()
