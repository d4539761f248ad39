"""Reports, and the sightings they lead to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.flow.arrival.states import Source, State


class Sighting(models.Model):
    """One picture at one place on one operator. Its addresses lie sealed and are found again by digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    page_url = SealedTextField()
    media_url = SealedTextField()
    locator_digest = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=8, choices=[(source, source) for source in Source])
    found_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=list(Source)), name="source_is_known")
        ]


class Report(models.Model):
    """Somebody told us about a link. Nothing about the person is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = SealedTextField()
    state = models.CharField(
        max_length=12, choices=[(state, state) for state in State], default=State.RECEIVED
    )
    why = models.CharField(max_length=64, blank=True, help_text="code of why nothing was found")
    received_at = models.DateTimeField()
    form_key = models.UUIDField(
        unique=True, help_text="drawn with the form: the same form sent twice is one report"
    )
    sightings = models.ManyToManyField(Sighting, related_name="reports")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="report_state_is_known")
        ]
