"""Reports, the sightings they lead to, and the questions of platforms before they publish."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.accounts.models import WhenWeAreDown
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField, SearchDigestField
from haetae.common.states import choices, values
from haetae.detect.finding import Verdict
from haetae.flow.arrival.states import Depicted, Source, State
from haetae.flow.arrival.watching.models import (
    WatchEngine,
    WatchFind,
    WatchHost,
    WatchLead,
    WatchList,
    WatchPlace,
    WatchStop,
    WatchTally,
)

__all__ = [
    "HookOutage",
    "Pulse",
    "Report",
    "Sighting",
    "UploadCheck",
    "UploadCount",
    "WatchEngine",
    "WatchFind",
    "WatchHost",
    "WatchLead",
    "WatchList",
    "WatchPlace",
    "WatchStop",
    "WatchTally",
]


class Sighting(models.Model):
    """One picture at one place on one operator. Its addresses lie sealed and are found again by digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    page_url = SealedTextField()
    media_url = SealedTextField()
    locator_digest = SearchDigestField(max_length=64, unique=True)
    page_digest = SearchDigestField(max_length=64, blank=True, db_index=True)
    source = models.CharField(max_length=16, choices=choices(Source))
    found_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=values(Source)), name="source_is_known")
        ]
        indexes: ClassVar = [
            models.Index(fields=["operator", "-found_at", "-id"], name="sighting_of_operator_by_day"),
        ]

    @property
    def may_come_later(self) -> bool:
        """A platform named this place before it published: nothing there means not yet, so it is looked at again."""
        return self.source == Source.UPLOAD_CHECK


class Report(models.Model):
    """Somebody told us about a link. Of the person nothing is kept but one answer, where they gave it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = SealedTextField()
    state = models.CharField(max_length=12, choices=choices(State), default=State.RECEIVED.value)
    why = models.CharField(max_length=64, blank=True, help_text="code of why nothing was found")
    depicted = models.CharField(
        max_length=16,
        choices=choices(Depicted),
        default=Depicted.UNSAID.value,
        help_text="who is in the picture, by the word of the person who reports it",
    )
    behind = models.BooleanField(
        default=False,
        db_default=False,
        help_text="one network had sent very many within the hour: machines look at it after those of others",
    )
    withdrawn_at = models.DateTimeField(
        null=True, help_text="since then it is no reason to look: whoever sent it has taken it back"
    )
    received_at = models.DateTimeField()
    form_key = models.UUIDField(
        unique=True, help_text="drawn with the form: the same form sent twice is one report"
    )
    sightings = models.ManyToManyField(Sighting, related_name="reports")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(depicted__in=values(Depicted)), name="report_depicted_is_known"
            ),
        ]
        indexes: ClassVar = [
            # People look at those whose link led nowhere, the newest first.
            models.Index(
                fields=["-received_at"],
                condition=Q(state=State.NOT_FOUND.value, withdrawn_at=None),
                name="report_not_found_by_day",
            )
        ]


class UploadCheck(models.Model):
    """A platform asked before it published, and the answer was not plain. The bytes and their hashes are not kept.

    The id is derived from operator, post, bytes and verdict: the same question with the same answer is one check.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    post_id = models.CharField(max_length=64, help_text="the platform's own name of the upload, a code")
    verdict = models.CharField(max_length=12, choices=choices(Verdict))
    reasons = models.JSONField(default=list, help_text="codes, the strongest first")
    known_entries = models.JSONField(default=list, help_text="ids of the known pictures that it matched")
    sighting = models.ForeignKey(Sighting, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.REQUEST, Verdict.REVIEW]),
                name="only_what_is_not_plain_is_kept",
            )
        ]


class UploadCount(models.Model):
    """How many questions one operator asked on one day, and what they came to. All that stays of a plain answer.

    `asked` counts unanswered ones too. Written every few seconds: a process that is killed loses its last ones.
    """

    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    asked = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    doubtful = models.PositiveBigIntegerField(default=0)
    undetermined = models.PositiveBigIntegerField(default=0)
    unanswered = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "day"], name="one_count_an_operator_a_day")
        ]


class Pulse(models.Model):
    """When a web process last really examined a picture; `name` is its machine and number."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(db_index=True)


class HookOutage(models.Model):
    """The time in which we gave an operator that asks us no answers, and what it had declared for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    declared = models.CharField(max_length=8, choices=WhenWeAreDown.choices)
    began_at = models.DateTimeField(help_text="the last healthy look before it")
    ended_at = models.DateTimeField(null=True)
    unanswered = models.PositiveBigIntegerField(default=0, help_text="questions that we answered with 503")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(declared__in=WhenWeAreDown.values), name="what_it_declared_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
                name="outage_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["operator"], condition=Q(ended_at__isnull=True), name="one_open_outage_an_operator"
            ),
            models.UniqueConstraint(fields=["operator", "began_at"], name="an_outage_is_noticed_once"),
        ]
