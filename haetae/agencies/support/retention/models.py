"""Holds: somebody who answers for it forbids for a time that evidence is destroyed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.support.retention.states import Reason
from haetae.common.states import choices, values


class Hold(models.Model):
    """It ends by itself at `until`. It says nothing about the person; it opens nothing for whoever has set it."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="holds")
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=choices(Reason))
    keeps = models.JSONField(help_text="codes of the parts that may not be destroyed")
    reference = models.CharField(max_length=40, help_text="number of the investigation, as a code")
    source = models.CharField(max_length=80, help_text="article that allows it")
    set_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "accounts.Official",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="null: its time was over",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=values(Reason)), name="hold_reason_is_known"),
            models.CheckConstraint(condition=Q(until__gt=F("set_at")), name="hold_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("set_at")),
                name="hold_is_ended_after_it_is_set",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="who_ended_a_hold_ended_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["until", "id"], condition=Q(ended_at=None), name="hold_open_by_end")
        ]
