"""Requests to keep data. No column of this room could hold data of a platform: a test holds it to that."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.preservation.states import Origin, State
from haetae.common.states import choices, values


class Preservation(models.Model):
    """One request. `wanted` is sealed under the file's key: whoever decides reads it after a check of their own."""

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="+"
    )
    platform = models.CharField(max_length=120, help_text="name of its host")
    origin = models.CharField(max_length=12, choices=choices(Origin))
    wanted = models.BinaryField(help_text="sealed under the key of the file")
    why_refused = models.BinaryField(default=b"", help_text="sealed under the key of the file")
    state = models.CharField(max_length=12, choices=choices(State))
    applied_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True, help_text="when the platform reported back")
    keep_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="preservation_state_is_known"),
            models.CheckConstraint(
                condition=Q(origin__in=values(Origin)), name="preservation_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(origin=Origin.PROSECUTOR.value)
                | ~Q(decided_by=models.F("applied_by")),
                name="preservation_has_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[State.APPLIED.value, State.URGENT.value, State.LAPSED.value, State.OVER.value]
                )
                | Q(decided_by__isnull=False),
                name="preservation_stands_on_a_prosecutor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "applied_at"], name="preservation_waiting"),
            models.Index(fields=["investigation", "applied_at"], name="preservation_of_file"),
        ]
