"""Remedies, and which intermediary stands before which place."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.remedies.states import Ended, Kind, State


class Serves(models.Model):
    """An intermediary stands before one origin, or before all, from one day to another. An official has said so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    intermediary = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="serves")
    origin = models.CharField(
        max_length=255, blank=True, help_text="exact origin, as https://board.example; empty: before all"
    )
    since = models.DateField()
    until = models.DateField(null=True, help_text="last day, or empty while it lasts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="serving_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["intermediary", "origin"], condition=Q(until__isnull=True), name="one_lasting_serving"
            ),
        ]


class Remedy(models.Model):
    """One thing asked of one intermediary about one sighting. `key` is the same in every attempt of one round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="remedies")
    request = models.ForeignKey(
        "removal.DeletionRequest",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the request that the operator does not follow, or cannot be given",
    )
    intermediary = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=choices(Kind))
    round = models.PositiveIntegerField(default=1, help_text="1, and one more each time it is wanted anew")
    key = models.UUIDField(unique=True, help_text="idempotency key: derived from this row and its round")
    state = models.CharField(max_length=16, choices=choices(State), default=State.WANTED.value)
    reference = models.CharField(max_length=128, blank=True, help_text="the intermediary's own number")
    reason = models.CharField(max_length=64, blank=True, help_text="the intermediary's reason, as a code")
    ended = models.CharField(max_length=16, blank=True, choices=choices(Ended))
    must_be_told = models.BooleanField(
        default=False, help_text="whether the intermediary is to undo what it may have done"
    )
    wanted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="remedy_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="remedy_kind_is_known"),
            models.CheckConstraint(
                condition=Q(ended="") ^ Q(state__in=["withdrawn", "lifted"]), name="remedy_ends_for_a_reason"
            ),
            models.UniqueConstraint(fields=["sighting", "intermediary", "kind"], name="one_remedy_of_a_kind"),
        ]
