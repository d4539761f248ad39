"""Corrective orders, what they are about, and who saw that they were followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.enforcement.orders.states import Ground, State, Way
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values

_SIGNED = [State.ISSUED.value, State.COMPLIED.value, State.NOT_COMPLIED.value, State.MOOT.value]


class CorrectiveOrder(models.Model):
    """One order to one operator. Whoever drafted it does not sign it. Why it is given is free text and lies sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="orders")
    ground = models.CharField(max_length=20, choices=choices(Ground))
    duty = models.CharField(max_length=32, blank=True, help_text="id of a duty in the jurisdiction pack")
    reasons = SealedTextField(default="", help_text="why, in the words of whoever drafted it")
    state = models.CharField(max_length=16, choices=choices(State), default=State.DRAFT.value)
    drafted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True, help_text="when it reached the operator")
    served_by = models.CharField(max_length=8, blank=True, choices=choices(Way))
    comply_by = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="order_state_is_known"),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=models.F("drafted_by")),
                name="order_is_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_SIGNED, issued_by__isnull=False, issued_at__isnull=False)
                | (~Q(state__in=_SIGNED) & Q(issued_by__isnull=True)),
                name="order_in_force_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(ground=Ground.DUTY.value) & ~Q(duty="")
                | ~Q(ground=Ground.DUTY.value) & Q(duty=""),
                name="order_names_a_duty_or_none",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True, served_by="")
                | Q(served_at__isnull=False, served_by__in=values(Way)),
                name="order_says_how_it_was_served",
            ),
        ]


class OrderItem(models.Model):
    """One request that an order is about. While its order stands, no other order may be about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(CorrectiveOrder, on_delete=models.PROTECT, related_name="items")
    request = models.ForeignKey("removal.DeletionRequest", on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True, help_text="whether its order stands and it is still in it")
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "request"], name="a_request_stands_once_in_an_order"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(is_open=True), name="a_request_stands_in_one_open_order"
            ),
        ]


class Confirmation(models.Model):
    """What one official found where our own eyes cannot tell. Two who find the same settle it."""

    append_only: ClassVar = True

    order = models.ForeignKey(CorrectiveOrder, on_delete=models.PROTECT, related_name="confirmations")
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    complied = models.BooleanField()
    after = models.CharField(max_length=16, choices=choices(State), help_text="how the order stood then")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "official", "after"], name="an_official_finds_once"),
        ]
