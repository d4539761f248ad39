"""What came of each week's harmless pictures. The pictures are not kept: the seed makes the same ones again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.ids import new_id


class Flight(models.Model):
    """One week's pictures, and what would have been done to them. `tried` are all of them."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(unique=True)
    seed = models.CharField(
        max_length=32, help_text="128 random bits in hex: it makes the same pictures again"
    )
    tried = models.PositiveIntegerField()
    asked_for = models.PositiveIntegerField(
        help_text="an operator would have been asked, by nobody's decision"
    )
    put_before_people = models.PositiveIntegerField(help_text="somebody would have had to look")
    not_examined = models.PositiveIntegerField(help_text="the look failed, or the picture was too plain")
    bank_version = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tried__gte=F("asked_for") + F("put_before_people") + F("not_examined")),
                name="flight_adds_up",
            ),
        ]
