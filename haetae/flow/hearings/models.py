"""Hearings. What a party says, and why nobody was heard, is free text and lies sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField, SealedTextOrNoneField
from haetae.common.states import choices, values
from haetae.flow.hearings.states import About, Party, State, Told, Unheard, Way


class Hearing(models.Model):
    """One party before one act. `subject_id` is what is to be decided: a review, an order, a sanction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=12, choices=choices(About))
    subject_id = models.UUIDField()
    party = models.CharField(max_length=8, choices=choices(Party))
    operator = models.ForeignKey(
        "accounts.Operator", null=True, on_delete=models.PROTECT, related_name="hearings"
    )
    state = models.CharField(max_length=8, choices=choices(State), default=State.ASKED.value)
    until = models.DateTimeField(
        null=True, help_text="by when an opinion is asked for; empty: nobody was asked"
    )
    matter = SealedTextOrNoneField(
        null=True, help_text="the draft of the act, as the party was given it to read"
    )
    opinion = SealedTextField(help_text="what the party said; empty where it lies with its objection")
    way = models.CharField(max_length=12, blank=True, choices=choices(Way), help_text="how the opinion came")
    told = models.CharField(
        max_length=16,
        blank=True,
        choices=choices(Told),
        help_text="how the operator was told; empty: not yet",
    )
    exception = models.CharField(max_length=12, blank=True, choices=choices(Unheard))
    note = SealedTextField(help_text="why nobody was heard")
    official = models.ForeignKey(
        "accounts.Official",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who asked, left it out or wrote it down; empty: nobody had to ask",
    )
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(
        null=True, help_text="when the act came, or was given up: nobody is listened to any more"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="hearing_state_is_known"),
            models.CheckConstraint(
                condition=Q(exception="") | Q(state__in=[State.LEFT_OUT.value, State.HEARD.value]),
                name="hearing_exception_was_left_out",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LEFT_OUT.value) | ~Q(exception=""), name="hearing_left_out_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ASKED.value) | Q(until__isnull=False),
                name="hearing_asked_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=State.HEARD.value) ^ Q(way=""), name="hearing_heard_says_how"
            ),
            models.CheckConstraint(condition=Q(told__in=["", *values(Told)]), name="hearing_told_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(state=State.ASKED.value),
                name="hearing_closed_waits_for_nobody",
            ),
            models.UniqueConstraint(fields=["subject_id", "party"], name="a_party_is_heard_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["operator", "until"],
                condition=Q(state=State.ASKED.value),
                name="hearing_waits_at_operator",
            )
        ]
