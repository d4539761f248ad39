"""Requests to delete, and every attempt to hand one over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.flow.removal.states import OPEN, State


class DeletionRequest(models.Model):
    """One logical request to one operator about one sighting. `key` is the same in all its attempts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sighting = models.ForeignKey(
        "arrival.Sighting", on_delete=models.PROTECT, related_name="deletion_requests"
    )
    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(help_text="1, and one more each time it reappeared")
    key = models.UUIDField(unique=True, help_text="idempotency key: derived from sighting and round")
    state = models.CharField(
        max_length=16, choices=[(state, state) for state in State], default=State.REQUESTED
    )
    legal_basis = models.CharField(max_length=64, help_text="id in the jurisdiction pack")
    requested_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    operator_reference = models.CharField(max_length=128, blank=True)
    operator_reason = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="request_state_is_known"),
            models.UniqueConstraint(fields=["sighting", "round"], name="one_request_a_round"),
            models.UniqueConstraint(
                fields=["sighting"], condition=Q(state__in=sorted(OPEN)), name="one_open_request_a_sighting"
            ),
        ]


class Attempt(models.Model):
    """One try to hand a request over. Begun before the call, so that a crash in between is seen."""

    request = models.ForeignKey(DeletionRequest, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=64, blank=True, help_text="code; empty while under way or after a crash"
    )
    may_have_arrived = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="attempts_are_numbered"),
        ]
