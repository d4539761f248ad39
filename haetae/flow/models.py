"""Which steps have been taken, so that no event is followed twice."""

from typing import ClassVar

from django.db import models


class Step(models.Model):
    """One event led to one step, once."""

    event_id = models.BigIntegerField()
    step = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event_id", "step"], name="a_step_is_taken_once")
        ]
