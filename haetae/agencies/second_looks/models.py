"""Draws, and what was drawn. The lots themselves are not kept: the log gives them again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.second_looks.states import Of, State
from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.tasks.states import Outcome


class Draw(models.Model):
    """One round: the decisions among the leaves from `first` up to `until`. Its head is signed after it was closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.BigIntegerField(help_text="index of its first leaf")
    until = models.BigIntegerField(unique=True, help_text="index of the leaf after its last")
    week_first = models.BigIntegerField(null=True, help_text="with which leaf the week that ends begins")
    share_ppm = models.PositiveIntegerField(help_text="millionths of what was decided")
    closed_at = models.DateTimeField()
    head = models.BigIntegerField(null=True, help_text="size of the head from whose root was drawn")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("first")), name="draw_goes_forward"),
            models.CheckConstraint(
                condition=Q(head__isnull=True) | Q(head__gt=F("until")), name="draw_by_a_later_head"
            ),
        ]


class SecondLook(models.Model):
    """One decision that is judged again. `first` is what it came to, `said` what the second person says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="looks")
    event_id = models.BigIntegerField(unique=True, help_text="of the decision")
    of = models.CharField(max_length=12, choices=choices(Of))
    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="+")
    first = models.CharField(max_length=12, choices=choices(Outcome))
    first_by = models.UUIDField(null=True, help_text="the official; empty where it was nobody, or a majority")
    state = models.CharField(max_length=12, choices=choices(State), default=State.DRAWN.value)
    why = models.CharField(max_length=24, blank=True, help_text="code of why it was not opened")
    task = models.OneToOneField("tasks.Task", null=True, on_delete=models.PROTECT, related_name="second_look")
    said = models.CharField(max_length=12, blank=True, choices=choices(Outcome))
    said_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="second_look_state_is_known"),
            models.CheckConstraint(
                condition=Q(said_by__isnull=True) | Q(first_by__isnull=True) | ~Q(said_by=F("first_by")),
                name="second_look_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "differed"]) | Q(said_by__isnull=False),
                name="second_look_was_said",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["changed_at"], condition=Q(state="waiting"), name="second_look_waiting")
        ]
