"""Referrals. What was handed over lies sealed, under the key of the case where it is about one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.referrals.rules import ABOUT, CASE_TO
from haetae.agencies.referrals.states import OPEN, Basis, Matter, Returned, Sender, State, To
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values


class Referral(models.Model):
    """One hand-over. Whoever receives it sees the package and nothing else of the case."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("support.Case", null=True, on_delete=models.PROTECT, related_name="referrals")
    sighting = models.ForeignKey(
        "arrival.Sighting", null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    operator = models.ForeignKey(
        "accounts.Operator", null=True, on_delete=models.PROTECT, related_name="referrals"
    )
    sender = models.CharField(max_length=16, choices=choices(Sender), default=Sender.SUPPORT_CENTRE.value)
    to = models.CharField(max_length=16, choices=choices(To))
    basis = models.CharField(max_length=12, choices=choices(Basis))
    consent = models.UUIDField(null=True, help_text="the consent it rests on, where it rests on one")
    ground = models.CharField(
        max_length=32, blank=True, help_text="id in the pack, where it rests on an article"
    )
    package = models.BinaryField(default=b"", help_text="of a case: sealed under the key of the case")
    note = SealedTextField(default="", help_text="of anything else: what the sender wrote")
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
                condition=Q(basis=Basis.CONSENT.value, consent__isnull=False, case__isnull=False)
                | Q(basis=Basis.EX_OFFICIO.value, consent=None, to=To.POLICE.value, case__isnull=False)
                | (Q(basis=Basis.LAW.value, consent=None, case=None) & ~Q(ground="")),
                name="referral_rests_on_something",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, sighting=None, operator=None)
                | Q(case=None, sighting__isnull=False, operator=None)
                | Q(case=None, sighting=None, operator__isnull=False),
                name="referral_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, sender=Sender.SUPPORT_CENTRE.value, to__in=values(CASE_TO))
                | (Q(case=None, to__in=values(ABOUT)) & ~Q(sender=Sender.SUPPORT_CENTRE.value)),
                name="referral_goes_where_it_may",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RETURNED.value, why_returned__in=values(Returned))
                | (~Q(state=State.RETURNED.value) & Q(why_returned="")),
                name="referral_returned_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "to"], condition=Q(state__in=values(OPEN)), name="one_open_referral_each"
            ),
            models.UniqueConstraint(
                fields=["sighting", "to"],
                condition=Q(state__in=values(OPEN)),
                name="one_open_referral_a_place",
            ),
            models.UniqueConstraint(
                fields=["operator", "to"],
                condition=Q(state__in=values(OPEN)),
                name="one_open_referral_an_operator",
            ),
        ]

    @property
    def matter(self) -> Matter:
        if self.case_id is not None:
            return Matter.CASE
        return Matter.PLACE if self.sighting_id is not None else Matter.OPERATOR
