"""Examinations of a sighting: what was seen in it, and the verdict with its reasons."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.assessment.states import State


class Lineage(models.Model):
    """One picture, wherever copies of it are sighted: what belongs to one person's case hangs together by it.

    Holds the hashes of the first copy. Pictures that nobody reported and nothing was found in have none.
    """

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    pdq = models.CharField(max_length=64, blank=True)
    dhash = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()


class Assessment(models.Model):
    """One examination. Hashes and codes only; the picture was in memory and is gone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveIntegerField(help_text="1 for the first examination of this sighting")
    state = models.CharField(max_length=12, choices=choices(State), default=State.OPEN.value)
    reported = models.BooleanField(help_text="whether a person had reported it when it was examined")
    for_depicted = models.BooleanField(
        default=False, help_text="whether one of those who reported it did so by or for the person shown"
    )
    tries = models.PositiveIntegerField(default=0)
    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, null=True, related_name="assessments")
    media = models.JSONField(default=dict)
    fingerprints = models.JSONField(default=dict)
    signals = models.JSONField(default=list)
    reasons = models.JSONField(default=list, help_text="list of {code, facts}")
    found_at = models.DateTimeField(
        help_text="of the place, and never another: what is in one state is read in the order of finding"
    )
    opened_at = models.DateTimeField()
    examined_at = models.DateTimeField(null=True)

    class Meta:
        # Which copies matched the same known picture: asked while nobody else may begin a lineage.
        indexes: ClassVar = [
            GinIndex(fields=["signals"], opclasses=["jsonb_path_ops"], name="assessment_by_signal"),
            # An official who holds a file looks for the places at which it was.
            models.Index(KeyTransform("sha256", "fingerprints"), name="assessment_by_file"),
            # Pages begin with what is in a state, the newest place first or the oldest.
            models.Index(fields=["state", "found_at", "sighting"], name="assessment_in_state_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="assessment_state_is_known"),
            models.UniqueConstraint(fields=["sighting", "round"], name="one_assessment_a_round"),
            models.UniqueConstraint(
                fields=["sighting"],
                condition=Q(state=State.OPEN.value),
                name="one_open_assessment_a_sighting",
            ),
        ]
