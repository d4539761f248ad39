"""Referrals. What was handed over lies sealed under the key of the case it is about."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.referrals.states import OPEN, Basis, Returned, State, To
from haetae.common.states import choices, values


class Referral(models.Model):
    """One hand-over. Whoever receives it sees the package and nothing else of the case."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("support.Case", on_delete=models.PROTECT, related_name="referrals")
    to = models.CharField(max_length=16, choices=choices(To))
    basis = models.CharField(max_length=12, choices=choices(Basis))
    consent = models.UUIDField(null=True, help_text="the consent it rests on, where it rests on one")
    package = models.BinaryField(help_text="sealed under the key of the case")
    state = models.CharField(max_length=12, choices=choices(State), default=State.SENT.value)
    why_returned = models.CharField(max_length=20, blank=True, choices=choices(Returned))
    sent_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="referral_state_is_known"),
            models.CheckConstraint(condition=Q(to__in=values(To)), name="referral_to_is_known"),
            models.CheckConstraint(
                condition=Q(basis=Basis.CONSENT.value, consent__isnull=False)
                | Q(basis=Basis.EX_OFFICIO.value, consent=None, to=To.POLICE.value),
                name="referral_rests_on_something",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RETURNED.value, why_returned__in=values(Returned))
                | (~Q(state=State.RETURNED.value) & Q(why_returned="")),
                name="referral_returned_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "to"], condition=Q(state__in=values(OPEN)), name="one_open_referral_each"
            ),
        ]
