"""One row for each process that lives, and one for each number that processes count together."""

from typing import ClassVar

from django.db import models

from haetae.running.kinds import Kind, State


class Beat(models.Model):
    """A process says every few seconds that it lives. One that ends in order takes its row with it."""

    name = models.CharField(primary_key=True, max_length=128, help_text="kind, machine and process id")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    machine = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in State])
    version = models.CharField(max_length=32, help_text="of the code that it runs")
    began_at = models.DateTimeField()
    at = models.DateTimeField()


class Tally(models.Model):
    """A number that only grows. `labels` holds codes of ours alone; `bucket` is empty for what is merely counted."""

    name = models.CharField(max_length=48)
    labels = models.CharField(max_length=200, blank=True)
    bucket = models.CharField(max_length=8, blank=True, help_text="upper bound in seconds, or `sum`")
    number = models.FloatField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "labels", "bucket"], name="one_tally_of_a_name")
        ]
