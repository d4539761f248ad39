"""Reviews with what is proposed and voted, and provisional blocks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values
from haetae.flow.in_turn import InTurn
from haetae.flow.review.block.term.models import BlockExtension, OperatorAsked
from haetae.flow.review.commission.rules import Bias
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import (
    BLOCK_ENDS,
    DECISIONS,
    ON_THE_CLOCK,
    TO_BE_SHOWN,
    UNDECIDED,
    Because,
    Block,
    By,
    State,
)
from haetae.flow.urgency import ORDER

__all__ = ["BlockExtension", "OperatorAsked", "Proposal", "ProvisionalBlock", "Recusal", "Review", "Vote"]


class Review(InTurn):
    """The regulator's side decides about one request that is contested."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("removal.DeletionRequest", on_delete=models.PROTECT, related_name="reviews")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="reviews")
    found_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="when its place was found: the database itself writes it, from the place, and nobody else does",
    )
    because = models.CharField(max_length=12, choices=choices(Because))
    state = models.CharField(max_length=12, choices=choices(State), default=State.OPEN.value)
    asked_by = models.CharField(
        max_length=64, blank=True, help_text="key of the agency that asked for it by law; empty: none"
    )
    round = models.PositiveSmallIntegerField(
        default=1, help_text="of voting; a new one when none can end the last"
    )
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="review_state_is_known"),
            models.UniqueConstraint(
                fields=["sighting"],
                condition=Q(state__in=values(UNDECIDED)),
                name="one_undecided_review_a_sighting",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=[*ORDER], condition=Q(state__in=values(UNDECIDED)), name="review_undecided_in_turn"
            ),
            models.Index(
                fields=["opened_at", "id"],
                condition=Q(state__in=values(UNDECIDED)),
                name="review_undecided_by_age",
            ),
            models.Index(
                fields=["found_at", "sighting"],
                condition=Q(state__in=values(UNDECIDED)),
                name="review_undecided_by_place",
            ),
            models.Index(
                fields=["changed_at"], condition=Q(state__in=values(DECISIONS)), name="review_decided_by_end"
            ),
        ]


class Proposal(models.Model):
    """What the secretariat proposes. A later one takes its place until the first vote of the round is cast."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="proposals")
    round = models.PositiveSmallIntegerField()
    official_id = models.UUIDField()
    decision = models.CharField(max_length=12, choices=choices(sorted(DECISIONS)))
    reason = models.CharField(max_length=16, choices=choices(Reason))
    statement = SealedTextField()
    at = models.DateTimeField()


class Vote(models.Model):
    """What one member decides, once in each round. The statement is free text and lies sealed.

    `proposal` is the one that the member follows, word for word; empty where the member writes its own.
    """

    append_only: ClassVar = True

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="votes")
    round = models.PositiveSmallIntegerField(default=1)
    official_id = models.UUIDField()
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=12, choices=choices(sorted(DECISIONS)))
    reason = models.CharField(max_length=16, choices=choices(Reason))
    statement = SealedTextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "round", "official_id"], name="a_member_votes_once_a_round"
            ),
        ]


class Recusal(models.Model):
    """One member takes no part in one review. It is never taken back, so that nobody chooses when to be biased."""

    append_only: ClassVar = True

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="recusals")
    official_id = models.UUIDField()
    why = models.CharField(max_length=12, choices=choices(Bias))
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "official_id"], name="a_member_recuses_once"),
        ]


class ProvisionalBlock(models.Model):
    """One picture at one place is hidden for now. The term is the law's, and its end never passes silently."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("removal.DeletionRequest", on_delete=models.PROTECT, related_name="blocks")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="blocks")
    by = models.CharField(max_length=8, choices=choices(By))
    state = models.CharField(max_length=12, choices=choices(Block))
    begun_at = models.DateTimeField(null=True, help_text="when the operator said that it is hidden")
    ends_at = models.DateTimeField(null=True, help_text="by the law, or by the newest extension")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(Block)), name="block_state_is_known"),
            models.UniqueConstraint(
                fields=["sighting"], condition=~Q(state__in=values(BLOCK_ENDS)), name="one_block_a_sighting"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(ON_THE_CLOCK)) | Q(begun_at=None) | Q(ends_at__isnull=False),
                name="what_is_hidden_for_now_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ends_at"], condition=Q(state__in=values(ON_THE_CLOCK)), name="block_by_its_end"
            ),
            models.Index(fields=["ends_at"], condition=Q(state=Block.EXPIRED.value), name="block_ran_out"),
            # What is to be shown again is little, and the desk of its operator begins with it.
            models.Index(
                fields=["sighting"],
                condition=Q(state__in=values(TO_BE_SHOWN)),
                name="block_to_be_shown",
            ),
        ]
