"""What came in from operators, taken or refused."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.operators.answers.rules import Outcome, Way, Word


class Inbound(models.Model):
    """One answer of an operator that we know. The same message is taken once: its number stands here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    request_id = models.UUIDField(null=True, help_text="as the answer names it; it may not exist")
    way = models.CharField(max_length=12, choices=choices(Way))
    message_id = models.CharField(max_length=120, blank=True, help_text="the sender's number of the message")
    word = models.CharField(max_length=12, blank=True, choices=choices(Word))
    reason = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=16, choices=choices(Outcome))
    official = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+", help_text="who clicked"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=values(Outcome)), name="inbound_outcome_is_known"),
            models.UniqueConstraint(
                fields=["operator", "way", "message_id"],
                condition=~Q(message_id="") & Q(outcome__in=["taken", "said_already"]),
                name="a_message_is_taken_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["operator", "-at"], name="inbound_by_operator")]


class Knock(models.Model):
    """How often in one hour something came that nobody we know had sent; a flood of it stays one row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hour = models.DateTimeField()
    way = models.CharField(max_length=12, choices=choices(Way))
    outcome = models.CharField(max_length=16, choices=choices(Outcome))
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hour", "way", "outcome"], name="one_row_an_hour"),
        ]
