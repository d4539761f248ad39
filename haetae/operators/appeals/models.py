"""Objections of those who posted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values
from haetae.operators.appeals.rules import By, Ground
from haetae.operators.appeals.states import State


class Appeal(models.Model):
    """One objection to what one request led to. Whoever posted it has no name here, no account and no address.

    The statement is free text and lies sealed; it goes when it is taken back, or when a dispute about it is over.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("removal.DeletionRequest", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=8, choices=choices(By))
    official = models.ForeignKey(
        "accounts.Official",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who passed it on at the operator",
    )
    ground = models.CharField(max_length=12, choices=choices(Ground))
    statement = SealedTextField()
    state = models.CharField(max_length=12, choices=choices(State), default=State.FILED.value)
    changes = models.PositiveSmallIntegerField(default=0, help_text="how often its text was changed")
    review_id = models.UUIDField(null=True, help_text="the review that decides about it")
    filed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="appeal_state_is_known"),
            models.UniqueConstraint(fields=["request"], name="one_appeal_a_request"),
        ]
        indexes: ClassVar = [models.Index(fields=["review_id"], name="appeal_by_review")]
