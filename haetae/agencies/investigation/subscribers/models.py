"""Requests for data, what became of each, and what was answered. Whom they are about lies sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.subscribers.states import WITH_DATA, State, Way
from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.law.asking import Instrument


class SubscriberRequest(models.Model):
    """One request. `asked` holds all that rules.Asked says; `letters` both languages, fixed with the signature."""

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="+"
    )
    platform = models.CharField(max_length=120, help_text="name of its host")
    abroad = models.BooleanField()
    basis = models.CharField(max_length=40, help_text="id in the jurisdiction pack")
    instrument = models.CharField(max_length=16, choices=choices(Instrument))
    asked = models.BinaryField(help_text="sealed under the key of the file")
    letters = models.BinaryField(default=b"", help_text="sealed under the key of the file")
    state = models.CharField(max_length=12, choices=choices(State), default=State.DRAFT.value)
    drafted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="data_request_state_is_known"),
            models.CheckConstraint(
                condition=Q(instrument__in=values(Instrument)), name="data_request_instrument_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT.value, State.DROPPED.value]) | Q(signed_by__isnull=False),
                name="data_request_goes_out_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("drafted_by")),
                name="data_request_has_four_eyes",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["investigation", "drafted_at"], name="data_request_of_file")
        ]


class SubscriberStep(models.Model):
    """What happened to a request and when, as an officer noted it. Rows are only ever added.

    `answer` is what the platform handed over, sealed for this row; whoever reads it is recorded each time.
    """

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(SubscriberRequest, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=choices(State))
    at = models.DateTimeField(help_text="when it happened")
    noted_at = models.DateTimeField()
    official = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: a clock"
    )
    way = models.CharField(max_length=20, blank=True, choices=choices(Way))
    reasons = models.JSONField(default=list, help_text="codes, as the platform said")
    note = models.BinaryField(default=b"", help_text="sealed under the key of the file")
    answer = models.BinaryField(default=b"", help_text="sealed under the key of the file")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="data_step_is_known"),
            models.CheckConstraint(
                condition=Q(answer=b"") | Q(state__in=values(WITH_DATA)), name="data_comes_with_an_answer"
            ),
        ]
