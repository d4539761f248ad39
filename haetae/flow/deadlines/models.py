"""Every due date of the flow."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.deadlines.states import Basis, Kind, State


class Deadline(models.Model):
    """Something is due for a subject. A legal duty "without delay" has no hour and so never passes by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=choices(Kind))
    subject_id = models.UUIDField()
    basis = models.CharField(max_length=8, choices=choices(Basis))
    source = models.CharField(max_length=80, help_text="article or policy that sets it")
    pack = models.CharField(
        max_length=8, blank=True, help_text="pack whose law sets it; empty: that of this installation"
    )
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=choices(State), default=State.SET.value)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="deadline_state_is_known"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | Q(basis=Basis.LEGAL.value),
                name="only_a_legal_duty_may_lack_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(pack="") | Q(basis=Basis.LEGAL.value), name="another_country_sets_no_target"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id", "basis", "pack"],
                condition=Q(state=State.SET.value),
                name="one_open_deadline_of_a_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state=State.SET.value), name="deadline_open_by_due"),
            models.Index(fields=["subject_id"], name="deadline_by_subject"),
        ]
