"""Proceeds. What they are, where they lie, how much and why: all of it sealed under the key of the file."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.investigation.proceeds.states import DECIDED, LAID, Form, State
from haetae.common.states import choices, values

_OFFICIAL = "accounts.Official"


class Proceeds(models.Model):
    """One thing that somebody earned with one offence. Whoever traced or proposed it does not decide about it."""

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="proceeds"
    )
    state = models.CharField(max_length=12, choices=choices(State), default=State.TRACED.value)
    form = models.CharField(max_length=8, choices=choices(Form))
    what = models.BinaryField(help_text="sealed under the key of the file, as all texts here")
    where = models.BinaryField(help_text="where it lies, and who holds it")
    won = models.BinaryField(null=True, help_text="its worth in whole won; empty: nobody knows yet")
    offence = models.CharField(max_length=40, help_text="id in the jurisdiction pack")
    offence_on = models.DateField(help_text="the day of the deed, which chooses the law")
    traced_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    traced_at = models.DateTimeField()
    reason = models.BinaryField(null=True, help_text="why it is proposed")
    proposed_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decision = models.BinaryField(null=True, help_text="why it was decided so")
    decided_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="proceeds_state_is_known"),
            models.CheckConstraint(condition=Q(form__in=values(Form)), name="proceeds_form_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=values(LAID)) | Q(proposed_by__isnull=False, reason__isnull=False),
                name="proceeds_laid_open_were_proposed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values(DECIDED), decided_by__isnull=False, decision__isnull=False)
                | (~Q(state__in=values(DECIDED)) & Q(decided_by__isnull=True, decision__isnull=True)),
                name="proceeds_with_an_outcome_were_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("traced_by")) & ~Q(decided_by=F("proposed_by"))),
                name="proceeds_are_decided_by_another",
            ),
        ]
