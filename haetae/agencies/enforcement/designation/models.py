"""Designations, the open channels that they rest on, and the questions put to a hotline."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.enforcement.designation.states import OPEN, SIGNED, SeenOn, State, WhyEnded
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField, SearchDigestField
from haetae.common.states import choices, values


class Designation(models.Model):
    """One operator, from a proposal to its end. Whoever proposed it does not sign it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="designations")
    state = models.CharField(max_length=16, choices=choices(State), default=State.PROPOSED.value)
    reason = SealedTextField(help_text="why, in the words of whoever proposes it")
    daily_users = models.BigIntegerField(help_text="what was known when it was proposed")
    users_on = models.DateField(help_text="from when on that number holds")
    users_found = models.BooleanField(help_text="an official found it; otherwise the operator's own word")
    proposed_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    designated_at = models.DateTimeField(null=True)
    name_by = models.DateTimeField(null=True, help_text="by when an officer and a hotline are asked for")
    complied_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=20, blank=True, choices=choices(WhyEnded))
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="designation_state_is_known"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")),
                name="designation_is_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values(SIGNED), signed_by__isnull=False, designated_at__isnull=False)
                | (~Q(state__in=values(SIGNED)) & Q(signed_by__isnull=True, designated_at__isnull=True)),
                name="designation_in_force_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED.value) ^ Q(why_ended=""), name="designation_ended_says_why"
            ),
            models.UniqueConstraint(
                fields=["operator"], condition=Q(state__in=values(OPEN)), name="one_open_designation"
            ),
        ]


class OpenChannel(models.Model):
    """A public invitation to an open channel. Its link lies sealed and is found again by digest: one row a link.

    The regulator and the police note them alike; `title` and `subscribers` are what everybody could read there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="open_channels")
    link = SealedTextField()
    digest = SearchDigestField(max_length=64)
    seen_on = models.CharField(max_length=16, choices=choices(SeenOn))
    source = SealedTextField(help_text="where exactly it stood in public")
    noted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    times_seen = models.PositiveIntegerField(default=1)
    title = SealedTextField(default="", help_text="as it was published, when it was last seen")
    subscribers = models.PositiveBigIntegerField(null=True, help_text="as was shown when it was last seen")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "digest"], name="an_open_channel_stands_once"),
            models.CheckConstraint(
                condition=Q(last_seen_on__gte=F("first_seen_on")), name="open_channel_seen_in_order"
            ),
        ]


class HotlineQuestion(models.Model):
    """A question put to the hotline of a designated operator, and when it answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="hotline_answers_after_it_is_asked",
            ),
            models.UniqueConstraint(fields=["designation", "asked_at"], name="one_question_a_moment"),
        ]
