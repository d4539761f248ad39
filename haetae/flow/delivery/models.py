"""Deliveries, every attempt of each, and the breaker before each operator."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextOrNoneField
from haetae.common.states import choices, values
from haetae.flow.delivery.states import Gate, Kind, State


class Delivery(models.Model):
    """One thing to say to one operator. `key` is the same in all its attempts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=choices(Kind))
    subject_id = models.UUIDField(help_text="the deletion request or provisional block that it belongs to")
    sighting_id = models.UUIDField()
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(unique=True, help_text="idempotency key")
    state = models.CharField(max_length=12, choices=choices(State), default=State.WAITING.value)
    tries = models.PositiveIntegerField(default=0, help_text="failed attempts since it last began to wait")
    waiting_since = models.DateTimeField()
    said_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="when its newest attempt began: the database itself writes it, and nobody else does",
    )
    channel = models.CharField(
        max_length=32, blank=True, help_text="connector of the newest attempt: by which way it was said"
    )
    notice = SealedTextOrNoneField(
        null=True, help_text="the document notice/1 as it goes out, written before the first attempt"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="delivery_state_is_known"),
            models.UniqueConstraint(fields=["kind", "subject_id"], name="one_delivery_of_a_kind"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["operator"],
                condition=Q(state=State.WAITING.value),
                name="delivery_waiting_by_operator",
            ),
            # What was said to it, in turn: its interface reads on from there, and its page shows the newest.
            models.Index(fields=["operator", "said_at", "id"], name="delivery_to_operator_in_turn"),
        ]


class Attempt(models.Model):
    """One try to hand something over. Begun before the call, so that a crash in between is seen."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=64, blank=True, help_text="code; empty while under way or after a crash"
    )
    may_have_arrived = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery", "number"], name="attempts_of_a_delivery_are_numbered"
            ),
        ]


class Breaker(models.Model):
    """How it stands between us and one operator. `failures` and `openings` count in a row and end with a success."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.OneToOneField("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    gate = models.CharField(max_length=12, choices=choices(Gate), default=Gate.CLOSED.value)
    failures = models.PositiveIntegerField(default=0)
    openings = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    trial_at = models.DateTimeField(null=True, help_text="when the next delivery may be tried")
    trial = models.UUIDField(null=True, help_text="the delivery that is being tried while half open")
    last_failure = models.CharField(max_length=64, blank=True, help_text="code of the newest failure")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gate__in=values(Gate)), name="breaker_gate_is_known"),
        ]
