"""Corrective orders."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.enforcement.orders.states import Ground, State
from haetae.common.ids import new_id
from haetae.common.states import choices, values


class CorrectiveOrder(models.Model):
    """One order to one operator. Whoever drafted it does not sign it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="orders")
    ground = models.CharField(max_length=20, choices=choices(Ground))
    state = models.CharField(max_length=16, choices=choices(State), default=State.DRAFT.value)
    drafted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    comply_by = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="order_state_is_known"),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=models.F("drafted_by")),
                name="order_is_signed_by_another",
            ),
        ]
