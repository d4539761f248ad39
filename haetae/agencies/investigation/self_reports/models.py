"""Self-reports. What somebody told lies sealed under a key of the report's own; the moment stands in the log."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.self_reports.states import Age, CameBy, State, WhyClosed
from haetae.common.ids import new_id
from haetae.common.sealed import CaseKeyField
from haetae.common.states import choices, values


class SelfReport(models.Model):
    """One person says what they did. `made_at` is the moment, to the second, that a court may ask for.

    `key_for_custodian` is the report's own key, sealed for this row alone (haetae.common.keys).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=24, unique=True, help_text="a number to keep; it opens nothing")
    state = models.CharField(max_length=8, choices=choices(State), default=State.WAITING.value)
    came_by = models.CharField(max_length=8, choices=choices(CameBy))
    age = models.CharField(max_length=10, choices=choices(Age), default=Age.UNSAID.value)
    told = models.BinaryField(help_text="sealed under the key of the report")
    contact = models.BinaryField(null=True, help_text="how to reach them, if they said so; sealed likewise")
    key_for_custodian = CaseKeyField()
    made_at = models.DateTimeField(db_index=True)
    form_key = models.UUIDField(unique=True, help_text="the same form sent twice is one report")
    noted_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    investigation = models.ForeignKey(
        "investigations.Investigation", null=True, on_delete=models.PROTECT, related_name="self_reports"
    )
    why_closed = models.CharField(max_length=16, blank=True, choices=choices(WhyClosed))
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="self_report_state_is_known"),
            models.CheckConstraint(condition=Q(age__in=values(Age)), name="self_report_age_is_known"),
            models.CheckConstraint(
                condition=Q(came_by=CameBy.PORTAL.value, noted_by__isnull=True)
                | Q(came_by=CameBy.DESK.value, noted_by__isnull=False),
                name="self_report_at_a_desk_was_noted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WAITING.value, taken_by__isnull=True)
                | (~Q(state=State.WAITING.value) & Q(taken_by__isnull=False)),
                name="self_report_is_with_somebody_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FILED.value) ^ Q(investigation__isnull=True),
                name="self_report_that_is_filed_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value) ^ Q(why_closed=""),
                name="self_report_closed_says_why",
            ),
        ]
