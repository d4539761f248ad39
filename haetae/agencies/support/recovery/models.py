"""Requests for new words. The words themselves are nowhere."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.support.recovery.states import OPEN, State
from haetae.agencies.support.states import IdentityCheck
from haetae.common.ids import new_id
from haetae.common.states import choices, values


class NewWords(models.Model):
    """Asked for by one counsellor, confirmed by another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="new_words")
    state = models.CharField(max_length=12, choices=choices(State), default=State.ASKED.value)
    how = models.CharField(max_length=12, choices=choices(IdentityCheck), help_text="how it was checked")
    asked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        "accounts.Official", on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="new_words_state_is_known"),
            models.CheckConstraint(condition=Q(how__in=values(IdentityCheck)), name="new_words_how_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="new_words_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.ASKED.value, State.REFUSED.value])
                | Q(confirmed_by__isnull=False),
                name="new_words_are_confirmed_first",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=values(OPEN)), name="one_request_for_new_words"
            ),
        ]
