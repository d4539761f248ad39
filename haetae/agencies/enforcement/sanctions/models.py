"""Sanctions, their worksheets and what was paid. Reasons are free text and lie sealed, and so do the worksheets."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.enforcement.sanctions.states import (
    CAME_TO_NOTHING,
    OUTCOMES,
    TOLD,
    UNSIGNED,
    Kind,
    Served,
    State,
)
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values

_OFFICIAL = "accounts.Official"


class Sanction(models.Model):
    """One surcharge or one fine for one order that was not followed. Nobody has two parts in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=choices(Kind))
    state = models.CharField(max_length=12, choices=choices(State), default=State.PROPOSED.value)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="sanctions")
    order = models.ForeignKey("orders.CorrectiveOrder", on_delete=models.PROTECT, related_name="sanctions")
    article = models.CharField(max_length=40, help_text="id of the sanction in the jurisdiction pack")
    failed_on = models.DateField(help_text="the day by which the law in force is chosen")
    amount = models.BigIntegerField(help_text="whole won, as the newest worksheet says")
    intent = SealedTextField(default="", help_text="what shows that it was on purpose; only for a surcharge")
    proposed_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)
    served_by = models.CharField(max_length=8, blank=True, choices=choices(Served))
    pay_by = models.DateTimeField(null=True)
    contest_by = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)
    contest = SealedTextField(default="", help_text="what the operator says against it")
    concluded_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    conclusion = SealedTextField(default="", help_text="why it is upheld, changed or annulled")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="sanction_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="sanction_kind_is_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="sanction_is_a_sum"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="sanction_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(concluded_by__isnull=True)
                | (~Q(concluded_by=F("proposed_by")) & ~Q(concluded_by=F("decided_by"))),
                name="sanction_is_concluded_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values(UNSIGNED), decided_by__isnull=True)
                | Q(state=State.DROPPED.value, decided_by__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="sanction_beyond_the_hearing_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(TOLD))
                | Q(served_on__isnull=False, served_by__in=values(Served), contest_by__isnull=False),
                name="sanction_that_runs_was_served",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(OUTCOMES)) | Q(concluded_by__isnull=False),
                name="sanction_with_an_outcome_was_concluded",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(kind=Kind.SURCHARGE.value) & ~Q(state__in=values(CAME_TO_NOTHING)),
                name="one_surcharge_for_one_order",
            ),
            models.UniqueConstraint(
                fields=["order", "article"],
                condition=Q(kind=Kind.FINE.value) & ~Q(state__in=values(CAME_TO_NOTHING)),
                name="one_fine_for_one_order_and_article",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["operator", "kind"], name="sanctions_of_an_operator")]


class Sheet(models.Model):
    """One worksheet of a sanction. A revision is a new one; what was worked out before stays readable."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    content = SealedTextField(help_text="canonical JSON, out of which the sum can be worked out again")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    amount = models.BigIntegerField()
    made_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sanction", "number"], name="sheets_are_numbered"),
        ]


class Payment(models.Model):
    """Money that came in, or went back to the operator. Partial payments add up."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="payments")
    is_back = models.BooleanField(default=False, help_text="whether it was paid back")
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    paid_on = models.DateField()
    noted_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_a_sum"),
            models.UniqueConstraint(
                fields=["sanction", "is_back", "reference"], name="a_payment_is_noted_once"
            ),
        ]
