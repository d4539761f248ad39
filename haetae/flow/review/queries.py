"""Everything that reads reviews and blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from haetae.flow.review.commission.rules import Ballot, ground_of
from haetae.flow.review.commission.stating import state_reasons
from haetae.flow.review.models import Proposal, ProvisionalBlock, Review, Vote
from haetae.flow.review.rules import Reason
from haetae.flow.review.statement import Statement
from haetae.flow.review.states import BLOCK_ENDS, DECISIONS, UNDECIDED, UNDONE, Block, State
from haetae.flow.urgency import ORDER


def get_review(review_id: UUID) -> Review:
    """With its request, sighting and operator. Raises Review.DoesNotExist."""
    return Review.objects.select_related("request__assessment", "sighting__operator").get(pk=review_id)


def get_block(block_id: UUID) -> ProvisionalBlock:
    """With its request, sighting and operator. Raises ProvisionalBlock.DoesNotExist."""
    return ProvisionalBlock.objects.select_related("request__assessment", "sighting__operator").get(
        pk=block_id
    )


def undecided() -> QuerySet[Review]:
    """What waits for a decision, the most urgent first."""
    rows = Review.objects.select_related("request", "sighting__operator")
    return rows.filter(state__in=sorted(UNDECIDED)).order_by(*ORDER)


def undecided_at(sighting_id: UUID) -> UUID | None:
    """The one review about this place that is not decided, if there is one."""
    rows = Review.objects.filter(sighting_id=sighting_id, state__in=sorted(UNDECIDED))
    return rows.values_list("pk", flat=True).first()


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Review]:
    """Every review about these places with its votes, the oldest first."""
    rows = Review.objects.filter(sighting_id__in=list(sighting_ids))
    return rows.prefetch_related(_votes()).order_by("opened_at")


def blocks_of(sighting_ids: Iterable[UUID]) -> QuerySet[ProvisionalBlock]:
    """Every block of these places, the newest last."""
    return ProvisionalBlock.objects.filter(sighting_id__in=list(sighting_ids)).order_by("changed_at")


def running_block(sighting_id: UUID) -> ProvisionalBlock | None:
    """The block that has not ended, if there is one."""
    return blocks_of([sighting_id]).exclude(state__in=sorted(BLOCK_ENDS)).first()


def running_blocks_of(sighting_ids: Iterable[UUID]) -> dict[UUID, ProvisionalBlock]:
    """The block of each of these places that has not ended; there is at most one."""
    rows = blocks_of(sighting_ids).exclude(state__in=sorted(BLOCK_ENDS))
    return {row.sighting_id: row for row in rows}


def in_review(sighting_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these places about which a decision is waited for."""
    rows = Review.objects.filter(sighting_id__in=list(sighting_ids), state__in=sorted(UNDECIDED))
    return set(rows.values_list("sighting_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """How many reviews wait for a decision, how many of them too long, and since when the oldest."""

    open: int
    late: int
    oldest_at: datetime | None


def undecided_in_figures() -> Undecided:
    rows = Review.objects.filter(state__in=sorted(UNDECIDED))
    late = Count("pk", filter=Q(state=State.LATE))
    return Undecided(**rows.aggregate(open=Count("pk"), late=late, oldest_at=Min("opened_at")))


def had_to_do_with(sighting_id: UUID) -> set[UUID]:
    """Every official who has proposed or voted about this place."""
    proposed = Proposal.objects.filter(review__sighting=sighting_id).values_list("official_id", flat=True)
    voted = Vote.objects.filter(review__sighting=sighting_id).values_list("official_id", flat=True)
    return {*proposed, *voted}


def expired_blocks() -> int:
    """How many blocks the law's term has ended for, and nobody has decided."""
    return ProvisionalBlock.objects.filter(state=Block.EXPIRED).count()


def may_be_hidden(sighting_id: UUID) -> bool:
    """Whether a block, and not a removal, may be why nobody can see it."""
    running = running_block(sighting_id)
    return running is not None and Block(running.state) is not Block.NOT_DONE


def kept_blocks() -> QuerySet[ProvisionalBlock]:
    """What is decided to be shown again and waits for other cases with the same picture."""
    return ProvisionalBlock.objects.select_related("request__assessment").filter(state=Block.KEPT)


def undone_blocks() -> QuerySet[ProvisionalBlock]:
    """What was hidden or deleted, is decided to be no harm, and is or ought to be back: the newest of each place."""
    rows = ProvisionalBlock.objects.filter(request__state="not_harmful", state__in=sorted(UNDONE))
    return rows.order_by("sighting", "-changed_at").distinct("sighting")


def has_been_objected(request_id: UUID) -> bool:
    """Whether an objection to what may stay has been taken up already."""
    return Review.objects.filter(request_id=request_id, because="objection").exists()


def decided_about_a_minor(lineage_id: int | None) -> bool:
    """Whether it was decided of this picture, at any place, that the person in it is or looks like a minor."""
    if lineage_id is None:
        return False
    return _decided_about_minors().filter(request__assessment__lineage=lineage_id).exists()


def lineages_of_minors(among: Iterable[int]) -> set[int]:
    """Those of these pictures of which it was decided so, at any place."""
    lineages = _decided_about_minors().filter(request__assessment__lineage__in=set(among))
    return set(lineages.values_list("request__assessment__lineage_id", flat=True))


def _decided_about_minors() -> QuerySet[Review]:
    """One member of the majority who sees a minor is enough: a minor gets more protection, never less."""
    votes = Vote.objects.filter(
        review=OuterRef("pk"), round=OuterRef("round"), decision=OuterRef("state"), reason=Reason.MINOR
    )
    return Review.objects.filter(Exists(votes), state__in=sorted(DECISIONS))


def newest_decision_at(sighting_id: UUID) -> Review | None:
    """The decision that holds at a place, where one was ever taken there."""
    rows = Review.objects.filter(sighting_id=sighting_id, state__in=sorted(DECISIONS))
    return rows.order_by("opened_at").last()


def reason_of(review_id: UUID) -> str:
    """The ground of the decision; empty while there is none."""
    return reason_among(Review.objects.prefetch_related(_votes()).get(pk=review_id))


def reason_among(review: Review) -> str:
    """The same, of a review that was read with its votes."""
    decision = State(review.state)
    if decision not in DECISIONS:
        return ""
    ballots = [
        Ballot(decision=State(vote.decision), reason=Reason(vote.reason))
        for vote in review.votes.all()
        if vote.round == review.round
    ]
    return str(ground_of(ballots, decision=decision))


def _votes() -> "Prefetch[str, QuerySet[Vote], str]":
    """Without what was written, which lies sealed."""
    return Prefetch("votes", queryset=Vote.objects.defer("statement"))


def statement_of(review_id: UUID) -> Statement | None:
    """The statement of reasons; None while nothing is decided. Raises Review.DoesNotExist."""
    return state_reasons(get_review(review_id))
