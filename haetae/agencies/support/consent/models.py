"""Consents, each with its beginning and its end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.support.consent.states import Giver, How, Kind
from haetae.common.ids import new_id
from haetae.common.states import choices, values


class Consent(models.Model):
    """It is in force until it ends: there is one of a kind at a time for each case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=24, choices=choices(Kind))
    giver = models.CharField(max_length=12, choices=choices(Giver))
    how = models.CharField(max_length=12, choices=choices(How))
    papers = models.JSONField(default=list, help_text="codes of what was shown; nothing of it is kept")
    given_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        "accounts.Official",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="null: the portal",
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="consent_kind_is_known"),
            models.CheckConstraint(condition=Q(giver__in=values(Giver)), name="consent_giver_is_known"),
            models.CheckConstraint(condition=Q(how__in=values(How)), name="consent_how_is_known"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(ended_at=None), name="one_consent_of_a_kind"
            ),
        ]
