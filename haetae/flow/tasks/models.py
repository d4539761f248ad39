"""Tasks: what waits for a person, and how it ended."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values
from haetae.flow.in_turn import InTurn
from haetae.flow.tasks.states import Kind, Outcome, State
from haetae.flow.urgency import ORDER


class Task(InTurn):
    """One reason why a person is needed for one subject. The note is free text and lies sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=choices(Kind))
    subject_id = models.UUIDField(help_text="request, delivery, block, review or operator that it is about")
    sighting_id = models.UUIDField(null=True, help_text="the place that it is about, where there is one")
    found_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="when its place was found: the database itself writes it, from the place, and nobody else does",
    )
    state = models.CharField(max_length=8, choices=choices(State), default=State.WAITING.value)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True, help_text="the official; empty where it came right by itself")
    outcome = models.CharField(max_length=12, blank=True, choices=choices(Outcome))
    note = SealedTextField(default="")
    second = models.BooleanField(
        default=False,
        db_default=False,
        help_text="somebody has decided it before: what is said now is compared with that, and nothing acts on it",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="task_state_is_known"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state=State.WAITING.value),
                name="one_waiting_task_of_a_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=[*ORDER], condition=Q(state=State.WAITING.value), name="task_waiting_in_turn"
            ),
            models.Index(fields=["sighting_id"], name="task_by_sighting"),
            models.Index(
                fields=["sighting_id"],
                condition=Q(state=State.WAITING.value),
                name="task_waiting_at_sighting",
            ),
            # For those who see all places for which people are needed, whatever it is that waits there.
            models.Index(
                fields=["found_at", "sighting_id"],
                condition=Q(state=State.WAITING.value),
                name="task_waiting_by_place",
            ),
            # What people judged lately, for those who read how they judge.
            models.Index(
                fields=["ended_at"],
                condition=Q(kind=Kind.JUDGE.value, state=State.DONE.value),
                name="task_judged_by_end",
            ),
        ]


class Bar(models.Model):
    """Somebody who has had to do with what a task asks: it stands on no list of theirs, and they do not end it."""

    append_only: ClassVar = True

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="bars")
    official_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "official_id"], name="somebody_is_barred_once"),
        ]
