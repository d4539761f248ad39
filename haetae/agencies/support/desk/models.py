"""Who has opened what of a case, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.support.desk.states import Part, Reason
from haetae.common.states import choices, values


class CaseOpening(models.Model):
    """An official has opened a part of a case and said why. Rows are only ever added."""

    append_only: ClassVar = True

    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="openings")
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=choices(Part))
    reason = models.CharField(max_length=16, choices=choices(Reason))
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(part__in=values(Part)), name="opening_part_is_known"),
            models.CheckConstraint(condition=Q(reason__in=values(Reason)), name="opening_reason_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "official", "at"], name="opening_by_whom")]
