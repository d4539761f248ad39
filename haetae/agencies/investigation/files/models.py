"""Files, who works on them, and who opened them. What a file is called lies sealed under a key of its own."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.investigation.files.states import Reason, State, Victim
from haetae.common.ids import new_id
from haetae.common.sealed import CaseKeyField
from haetae.common.states import choices, values


class Investigation(models.Model):
    """One file. No column, event, log or queue holds its name: only whoever works on it reads that.

    `key_for_custodian` is the file's own key, sealed for this row alone (haetae.common.keys).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.BinaryField(help_text="sealed under the key of the file")
    key_for_custodian = CaseKeyField()
    victim = models.CharField(max_length=12, choices=choices(Victim))
    offence = models.CharField(max_length=40, help_text="id in the jurisdiction pack")
    state = models.CharField(max_length=8, choices=choices(State), default=State.OPEN.value)
    opened_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="investigation_state_is_known"),
            models.CheckConstraint(
                condition=Q(victim__in=values(Victim)), name="investigation_victim_is_known"
            ),
        ]


class Member(models.Model):
    """An officer who works on a file, from one moment to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="members")
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="empty while it lasts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["investigation", "official"],
                condition=Q(until__isnull=True),
                name="a_member_stands_once",
            ),
        ]


class FileOpening(models.Model):
    """An officer has opened a file and said why. Rows are only ever added."""

    append_only: ClassVar = True

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="openings")
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=choices(Reason))
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=values(Reason)), name="file_opening_reason_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["investigation", "official", "at"], name="file_opening_by_whom")
        ]
