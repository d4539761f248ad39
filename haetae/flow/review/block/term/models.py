"""Each time a block went on beyond its term, and each time an operator was asked to judge by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values
from haetae.flow.review.block.term.states import Why


class BlockExtension(models.Model):
    """Why, by whom, from when until when. Without an official a clock did it, which it does for a minor alone."""

    append_only: ClassVar = True

    block = models.ForeignKey("review.ProvisionalBlock", on_delete=models.PROTECT, related_name="extensions")
    why = models.CharField(max_length=16, choices=choices(Why))
    statement = SealedTextField(default="")
    official_id = models.UUIDField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(why__in=values(Why)), name="extension_says_why"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="extension_is_forwards"),
            models.CheckConstraint(
                condition=Q(official_id__isnull=False) | Q(why=Why.MINOR.value),
                name="a_clock_extends_for_a_minor_alone",
            ),
            models.UniqueConstraint(fields=["block", "since"], name="a_term_is_extended_once"),
        ]


class OperatorAsked(models.Model):
    """Nobody can decide: the operator was asked to judge by itself, once for each review."""

    append_only: ClassVar = True

    review = models.OneToOneField("review.Review", on_delete=models.PROTECT, related_name="asked_itself")
    official_id = models.UUIDField()
    at = models.DateTimeField()
