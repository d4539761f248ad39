"""Proof that something is gone: what it was in kind and number, and nothing of what it said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.support.destroying.states import By, Rule
from haetae.common.ids import new_id
from haetae.common.states import choices, values


class DeletionRecord(models.Model):
    """One deletion. The event of it in the log holds the digest of this row (destroying.queries.digest_of)."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="deletions")
    at = models.DateTimeField()
    rule = models.CharField(max_length=16, choices=choices(Rule))
    by = models.CharField(max_length=12, choices=choices(By))
    retention_class = models.CharField(max_length=24, help_text="id in the pack")
    source = models.CharField(max_length=80, help_text="article on which it rests")
    rows = models.JSONField(help_text="how many rows of each table are gone")
    changed = models.JSONField(help_text="how many of what else was emptied, withdrawn or left nameless")
    keys = models.JSONField(help_text="codes of the keys that are gone")
    keeps = models.JSONField(help_text="parts that stay, with the code of why")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rule__in=values(Rule)), name="deletion_rule_is_known"),
            models.CheckConstraint(condition=Q(by__in=values(By)), name="deletion_by_is_known"),
        ]
