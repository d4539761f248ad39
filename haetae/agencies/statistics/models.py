"""Months as they were published. Nothing is ever changed: a correction is one more row, with its reason."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.statistics.rules import Reason
from haetae.common.ids import new_id
from haetae.common.states import choices


class PublishedMonth(models.Model):
    """One publication of one month: what everybody reads, word for word as its digest stands in the log."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.CharField(max_length=7, help_text="YYYY-MM where the officials are")
    revision = models.PositiveSmallIntegerField(help_text="1, and one more with each correction")
    reason = models.CharField(max_length=20, blank=True, choices=choices(Reason))
    document = models.JSONField(help_text="tables.FORMAT, with everything hidden already")
    operators = models.JSONField(default=dict, help_text="which operator each name in it was; not published")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document's canonical form (RFC 8785)")
    published_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "revision"], name="one_publication_a_revision"),
            models.CheckConstraint(condition=Q(revision=1) ^ ~Q(reason=""), name="a_correction_says_why"),
        ]
