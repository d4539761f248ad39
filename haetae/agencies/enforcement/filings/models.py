"""What operators file. Free text lies sealed; numbers and days are plain, because they are compared."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.enforcement.filings.states import (
    OPEN,
    Due,
    FactKind,
    Origin,
    State,
    Way,
    WhyReturned,
)
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values

_NUMBERS = [FactKind.REVENUE.value, FactKind.DAILY_USERS.value]


class OperatorFact(models.Model):
    """One thing known of one operator, from one day on. A newer one of the same origin ends it; nothing is changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=20, choices=choices(FactKind))
    detail = models.CharField(max_length=16, blank=True, help_text="year of a revenue, or kind of a service")
    number = models.BigIntegerField(null=True)
    text = SealedTextField(default="", help_text="who, or where")
    origin = models.CharField(max_length=8, choices=choices(Origin))
    verified = models.BooleanField(default=False, help_text="an official saw what it rests on")
    since = models.DateField()
    until = models.DateField(null=True, help_text="last day, or empty while it lasts")
    source = SealedTextField(help_text="where it was read, or who said so")
    entered_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(
        null=True, help_text="it was never right, or a correction took its place"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="fact_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(verified=False) | Q(origin=Origin.FINDING.value),
                name="only_a_finding_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_NUMBERS, number__isnull=False)
                | (~Q(kind__in=_NUMBERS) & Q(number__isnull=True)),
                name="fact_is_a_number_or_a_text",
            ),
            models.UniqueConstraint(
                fields=["operator", "kind", "detail", "origin"],
                condition=Q(until__isnull=True, withdrawn_at__isnull=True),
                name="one_lasting_fact_of_a_kind",
            ),
        ]


class ExpectedReport(models.Model):
    """The regulator expects a report about a year from an operator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, related_name="expected_reports"
    )
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=choices(Due), default=Due.EXPECTED.value)
    due_at = models.DateTimeField()
    expected_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    expected_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, help_text="when the first version came")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(Due)), name="expected_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=Due.FILED.value, filed_at__isnull=False)
                | (~Q(state=Due.FILED.value) & Q(filed_at__isnull=True)),
                name="filed_says_when",
            ),
            models.UniqueConstraint(fields=["operator", "year"], name="one_report_expected_a_year"),
        ]


class TransparencyReport(models.Model):
    """One version of a report about one year, with the five things that article 44-14(2) names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, related_name="transparency_reports"
    )
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=choices(State), default=State.DRAFT.value)
    way = models.CharField(max_length=8, choices=choices(Way))
    received = models.PositiveIntegerField(
        null=True, help_text="reports and requests that it got in the year"
    )
    removed = models.PositiveIntegerField(null=True, help_text="of these, deleted or no longer reachable")
    efforts = SealedTextField(default="")
    criteria = SealedTextField(default="", help_text="content, criteria and results, in words")
    procedure = SealedTextField(default="")
    officer = SealedTextField(default="")
    training = SealedTextField(default="")
    entered_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    why_returned = models.CharField(max_length=16, blank=True, choices=choices(WhyReturned))
    note = SealedTextField(default="", help_text="what the official writes to the operator")
    accepted_by = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    our_asked = models.PositiveIntegerField(null=True, help_text="our own record on the day of acceptance")
    our_verified = models.PositiveIntegerField(null=True)
    published_by = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="report_state_is_known"),
            models.UniqueConstraint(fields=["operator", "year", "version"], name="one_report_a_version"),
            models.UniqueConstraint(
                fields=["operator", "year"],
                condition=Q(state__in=values(OPEN)),
                name="one_open_version_a_year",
            ),
            models.UniqueConstraint(
                fields=["operator", "year"],
                condition=Q(state=State.PUBLISHED.value),
                name="one_published_version_a_year",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | (Q(accepted_by__isnull=False) & ~Q(published_by=F("accepted_by"))),
                name="report_is_published_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED.value)
                | Q(published_by__isnull=False, our_asked__isnull=False, our_verified__isnull=False),
                name="published_is_signed_and_compared",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RETURNED.value) ^ Q(why_returned=""), name="report_returned_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "operator"], name="report_by_year")]
