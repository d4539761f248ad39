"""Trials, what was answered to them, tests of a way, and what was said once more because its operator wished it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.operators.trials import rules
from haetae.operators.trials.states import State


class Trial(models.Model):
    """One exercise. Its place is at example.invalid, which nobody can open; it counts in no figure."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.UUIDField(unique=True, default=new_id, help_text="id of the notice and of its message")
    operator = models.ForeignKey("accounts.Operator", on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=choices(State), default=State.WAITING.value)
    code = models.CharField(max_length=64, blank=True, help_text="why it could not be handed over")
    notice_text = models.TextField(help_text="the document notice/1 as it goes out")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="trial_state_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["operator", "-begun_at"], name="trial_by_operator")]

    @property
    def ends_at(self) -> datetime:
        return rules.ends_at(self.begun_at)


class TrialAnswer(models.Model):
    """One answer to a trial. The same message is taken once: its number stands here."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="answers")
    word = models.CharField(max_length=12)
    reason = models.CharField(max_length=16, blank=True)
    way = models.CharField(max_length=12)
    message_id = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trial", "way", "message_id"],
                condition=~Q(message_id=""),
                name="a_trial_message_is_taken_once",
            ),
        ]


class WayTest(models.Model):
    """One self-test of the way to an operator, which its own people asked for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    checks = models.JSONField(default=list, help_text="code, passed and words of each thing that was tried")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["operator", "-begun_at"], name="way_test_by_operator")]


class Replay(models.Model):
    """One delivery that was said once more because its operator wished it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.CASCADE, related_name="+")
    delivery = models.ForeignKey("delivery.Delivery", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["operator", "-at"], name="replay_by_operator")]
