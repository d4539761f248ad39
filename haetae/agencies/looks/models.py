"""Looks: who looked at which place why, when, and what they said of it. Never what was shown."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.looks.states import Answer, Reason, State, Step
from haetae.common.ids import new_id
from haetae.common.states import choices, values


class Look(models.Model):
    """One official's look at one published picture, or the leave to take it. The id is good once, for a short while."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="looks")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(
        "assessment.Assessment",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the examination about which somebody is to say",
    )
    task = models.ForeignKey("tasks.Task", null=True, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey("review.Review", null=True, on_delete=models.PROTECT, related_name="looks")
    state = models.CharField(max_length=8, choices=choices(State), default=State.BEGUN.value)
    reason = models.CharField(max_length=16, choices=choices(Reason))
    step = models.CharField(max_length=8, choices=choices(Step))
    begun_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=64, blank=True, help_text="code of why there was nothing to show")
    answer = models.CharField(max_length=16, blank=True, choices=choices(Answer))
    altered = models.BooleanField(default=False, help_text="the looker says that it is visibly altered")
    minor = models.BooleanField(
        default=False, help_text="the looker says that somebody in it looks like a minor"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="look_state_is_known"),
            models.CheckConstraint(condition=Q(reason__in=values(Reason)), name="look_reason_is_known"),
            models.CheckConstraint(condition=Q(step__in=values(Step)), name="look_step_is_known"),
            models.CheckConstraint(
                condition=Q(answer__in=["", *values(Answer)]), name="look_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) ^ Q(review__isnull=True), name="look_for_a_task_or_a_review"
            ),
            models.CheckConstraint(
                condition=Q(altered=False, minor=False) | Q(state=State.SHOWN.value, review__isnull=False),
                name="look_marks_what_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(state=State.BEGUN.value) ^ Q(taken_at__isnull=False), name="look_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SHOWN.value) ^ Q(shown_at__isnull=True), name="look_is_shown_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["official", "begun_at"], name="look_by_official")]
