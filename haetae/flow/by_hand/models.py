"""Marks of places, reports counted by host and hour, and storms. No name of anybody, and no link that was reported."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField, SearchDigestField
from haetae.common.states import choices, values
from haetae.flow.by_hand.rules import QUIET
from haetae.flow.by_hand.states import EndGround, Ground, State


class MarkedPlace(models.Model):
    """A host, or the beginning of an address, at which nothing acts by itself. Set by one official, ended by two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = SealedTextField()
    place_digest = SearchDigestField(max_length=64, db_index=True)
    state = models.CharField(max_length=8, choices=choices(State), default=State.STANDS.value)
    ground = models.CharField(max_length=16, choices=choices(Ground))
    reference = models.CharField(max_length=40, help_text="number of a file, a code and no name")
    marked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    end_ground = models.CharField(max_length=16, choices=choices(EndGround), blank=True)
    end_asked_by = models.ForeignKey(
        "accounts.Official", on_delete=models.PROTECT, null=True, related_name="+"
    )
    end_asked_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="mark_state_is_known"),
            models.CheckConstraint(condition=Q(ground__in=values(Ground)), name="mark_ground_is_known"),
            models.UniqueConstraint(
                fields=["place_digest"],
                condition=~Q(state=State.ENDED.value),
                name="one_standing_mark_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ENDED.value)
                | (
                    Q(ended_by__isnull=False) & Q(end_asked_by__isnull=False) & ~Q(ended_by=F("end_asked_by"))
                ),
                name="two_officials_end_a_mark",
            ),
        ]


class HostHour(models.Model):
    """How many reports named one host within one hour; kept as long as they say what is usual."""

    host_digest = SearchDigestField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    reports = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host_digest", "hour"], name="one_count_a_host_an_hour")
        ]


class Storm(models.Model):
    """Many times the usual number of reports about one host. It stands until an official looked, or it is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = SealedTextField()
    host_digest = SearchDigestField(max_length=64, db_index=True)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True, help_text="the newest report of an hour like that")
    most = models.PositiveIntegerField(help_text="reports in its busiest hour")
    usual = models.FloatField(help_text="reports an hour, when it began")
    looked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    def stands(self, *, now: datetime) -> bool:
        return self.looked_at is None and now - self.last_at < QUIET
