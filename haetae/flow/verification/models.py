"""Probes: when we look for ourselves, and what we saw."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.verification.states import Purpose, State


class Probe(models.Model):
    """One point of the schedule at which we look, twice, without an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("removal.DeletionRequest", on_delete=models.PROTECT, related_name="probes")
    purpose = models.CharField(max_length=8, choices=choices(Purpose), default=Purpose.REMOVAL.value)
    planned_after = models.CharField(
        max_length=16, help_text="ISO 8601 duration since the claim, from the pack"
    )
    claim = models.PositiveIntegerField(
        help_text="1 for the first claim of this kind about this request, one more for each later one"
    )
    state = models.CharField(max_length=12, choices=choices(State), default=State.PLANNED.value)
    unknown_looks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="probe_state_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=values(Purpose)), name="probe_purpose_is_known"),
            models.UniqueConstraint(
                fields=["request", "purpose", "claim", "planned_after"], name="one_probe_a_point"
            ),
        ]


class Sight(models.Model):
    """One look: what page and media answered. Codes only."""

    append_only: ClassVar = True

    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="sights")
    at = models.DateTimeField()
    seen = models.CharField(max_length=8)
    page_seen = models.CharField(max_length=8)
    page_why = models.CharField(max_length=64)
    media_seen = models.CharField(max_length=8)
    media_why = models.CharField(max_length=64)
