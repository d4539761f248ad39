"""A mailbox that a person named, and the mails to it. What the mailbox is lies under the case's key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.support.notices.states import Cause, State
from haetae.agencies.support.states import Cadence
from haetae.common.ids import new_id
from haetae.common.sealed import SearchDigestField
from haetae.common.states import choices, values


class Mailbox(models.Model):
    """One for a case. Until it is confirmed nothing but the number to type in is sent there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("support.Case", on_delete=models.PROTECT, related_name="mailbox")
    sealed = models.BinaryField()
    cadence = models.CharField(
        max_length=12, choices=choices(Cadence), help_text="what is wanted once it is confirmed"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    code = models.UUIDField(null=True, help_text="keyed by the case's key; null: none is out")
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cadence__in=[Cadence.WHEN_GONE.value, Cadence.MONTHLY.value]),
                name="a_mailbox_is_there_to_be_written_to",
            ),
            models.CheckConstraint(
                condition=Q(code__isnull=True, code_until__isnull=True)
                | Q(code__isnull=False, code_until__isnull=False),
                name="a_number_of_a_mailbox_ends",
            ),
        ]


class Notice(models.Model):
    """One mail: codes and times alone. Its Message-ID follows from its id and the case's key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="notices")
    cause = models.CharField(max_length=8, choices=choices(Cause))
    state = models.CharField(max_length=8, choices=choices(State), default=State.PLANNED.value)
    mailbox_today = SearchDigestField(
        max_length=64, blank=True, help_text="keyed digest of day and mailbox: bounds what one may be sent"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="notice_state_is_known"),
            models.CheckConstraint(condition=Q(cause__in=values(Cause)), name="notice_cause_is_known"),
            models.UniqueConstraint(
                fields=["case", "cause"],
                condition=Q(state=State.PLANNED.value),
                name="one_planned_notice_of_a_cause",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["mailbox_today"], condition=~Q(mailbox_today=""), name="notice_by_mailbox_of_a_day"
            )
        ]
