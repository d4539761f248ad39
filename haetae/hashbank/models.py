"""Hashes of known pictures. The bank holds no picture and cannot make one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.detect.matching import Tier


class KnownPicture(models.Model):
    """One known picture by its hashes. PDQ and dHash are 64 hex digits each and say nothing without the other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list_name = models.CharField(max_length=64)
    tier = models.PositiveSmallIntegerField(
        choices=[(tier.value, tier.name) for tier in Tier if tier is not Tier.DISPUTED]
    )
    sha256 = models.CharField(max_length=64, blank=True)
    pdq = models.CharField(max_length=64, blank=True)
    dhash = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(
        null=True, help_text="since then it is still matched, and acts by itself no more"
    )
    version = models.BigIntegerField(
        help_text="grows with every change of the bank; tells readers to look again"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~(Q(sha256="") & Q(pdq="")), name="known_picture_has_a_hash"),
            models.CheckConstraint(
                condition=Q(tier__in=[tier.value for tier in Tier if tier is not Tier.DISPUTED]),
                name="tier_is_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["version"], name="known_picture_version")]
