"""Prices, charges with their lines and places, and what was paid. Who has to pay, and why, lies sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.recovery.states import ISSUED, PAYABLE, ServedBy, State, Work
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values

_OFFICIAL = "accounts.Official"


class UnitCost(models.Model):
    """What one piece of work costs from a day on, set by the ministry. Rows are only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    work = models.CharField(max_length=12, choices=choices(Work))
    won = models.PositiveBigIntegerField(help_text="whole won")
    since = models.DateField(help_text="the first day on which work costs this")
    source = SealedTextField(help_text="on what the ministry's number rests")
    set_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(work__in=values(Work)), name="unit_cost_work_is_known"),
            models.CheckConstraint(condition=Q(won__gt=0), name="unit_cost_is_a_sum"),
            models.UniqueConstraint(fields=["work", "since"], name="one_unit_cost_a_day"),
        ]


class Charge(models.Model):
    """One charge to one person by one decision of a court. Whoever drafts it does not sign it."""

    id = models.UUIDField(primary_key=True, editable=False)
    state = models.CharField(max_length=12, choices=choices(State), default=State.DRAFTED.value)
    name = SealedTextField(help_text="who has to pay")
    address = SealedTextField(help_text="where the notice goes")
    decision = SealedTextField(help_text="the court and the number of its decision")
    decided_on = models.DateField(help_text="the day of that decision")
    pay_to = SealedTextField(help_text="to which account, as the notice says")
    won = models.PositiveBigIntegerField(help_text="whole won, the sum of its lines")
    drafted_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)
    served_by = models.CharField(max_length=12, blank=True, choices=choices(ServedBy))
    pay_by = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    why_withdrawn = SealedTextField(default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="charge_state_is_known"),
            models.CheckConstraint(condition=Q(won__gt=0), name="charge_is_a_sum"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")),
                name="charge_is_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(ISSUED)) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="charge_that_is_out_was_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(PAYABLE | {State.PAID}))
                | Q(served_on__isnull=False, served_by__in=values(ServedBy), pay_by__isnull=False),
                name="charge_that_runs_was_served",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN.value) ^ Q(withdrawn_by__isnull=True),
                name="charge_is_withdrawn_by_somebody",
            ),
        ]


class ChargeLine(models.Model):
    """Work of one kind at one price. `records` are the numbers of the rows that prove it, one for each piece."""

    append_only: ClassVar = True

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="lines")
    cost = models.ForeignKey(UnitCost, on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    records = models.JSONField(default=list)
    won = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charge", "cost"], name="one_line_a_price"),
            models.CheckConstraint(condition=Q(pieces__gt=0, won__gt=0), name="charge_line_is_a_sum"),
        ]


class ChargePlace(models.Model):
    """A place for whose deletion somebody is charged: once, as long as that charge stands."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="places")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="+")
    stands = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sighting"], condition=Q(stands=True), name="a_place_is_charged_once"
            )
        ]


class Paid(models.Model):
    """Money that came in for a charge, in one piece or in parts. The account's number for it names it."""

    append_only: ClassVar = True

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="payments")
    won = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    reference = models.CharField(max_length=60)
    noted_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(won__gt=0), name="paid_is_a_sum"),
            models.UniqueConstraint(
                fields=["charge", "reference"], name="a_payment_of_a_charge_is_noted_once"
            ),
        ]
