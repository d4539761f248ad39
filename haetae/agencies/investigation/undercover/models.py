"""Operations: applied for, permitted, done, consented to, reported. Words lie sealed under the key of the file."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.investigation.undercover.states import Item, Material, Paper, State, WhyEnded
from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.law.undercover import ActKind, Operation, Shown

_ENDED = [State.ENDED.value]


class UndercoverOperation(models.Model):
    """`rule` is the pack's rule under which it was applied for. `longest_until` is set when the first act may be done.

    `urgent_until` is set by an urgent start alone.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=choices(Operation))
    victim = models.CharField(max_length=8, choices=choices(Shown))
    rule = models.CharField(max_length=40, help_text="id in the jurisdiction pack")
    state = models.CharField(max_length=12, choices=choices(State), default=State.WAITING.value)
    opened_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    urgent_until = models.DateTimeField(null=True)
    longest_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "accounts.Official",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="empty: by itself",
    )
    why_ended = models.CharField(max_length=24, choices=choices(WhyEnded), blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=values(State)), name="undercover_operation_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_ENDED) & Q(ended_at__isnull=False) & ~Q(why_ended=""))
                | (~Q(state__in=_ENDED) & Q(ended_at__isnull=True) & Q(why_ended="")),
                name="undercover_operation_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("longest_until")),
                name="undercover_operation_never_beyond_its_longest",
            ),
        ]


class ScopeItem(models.Model):
    """One target, place or method that an application names. Rows are only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False)
    operation = models.ForeignKey(UndercoverOperation, on_delete=models.PROTECT, related_name="items")
    what = models.CharField(max_length=8, choices=choices(Item))
    position = models.PositiveSmallIntegerField()
    text = models.BinaryField(help_text="sealed under the key of the file")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "what", "position"], name="scope_item_stands_once")
        ]


class UndercoverApplication(models.Model):
    """The paper that asks for a beginning (`number` 1) or for an extension. `acts` are codes of what it asks for."""

    id = models.UUIDField(primary_key=True, editable=False)
    operation = models.ForeignKey(UndercoverOperation, on_delete=models.PROTECT, related_name="applications")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=choices(Paper), default=Paper.APPLIED.value)
    acts = models.JSONField()
    until = models.DateTimeField(help_text="asked for until then")
    words = models.BinaryField(help_text="JSON, sealed under the key of the file")
    applied_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    petitioned_by = models.ForeignKey(
        "accounts.Official", on_delete=models.PROTECT, related_name="+", null=True
    )
    petitioned_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    note = models.BinaryField(default=b"", help_text="why it came back or was refused; sealed")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=values(Paper)), name="undercover_application_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["operation", "number"], name="undercover_application_number_once"
            ),
            models.UniqueConstraint(
                fields=["operation"],
                condition=Q(state__in=[Paper.APPLIED, Paper.PETITIONED, Paper.RETURNED]),
                name="one_undercover_application_on_its_way",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("applied_by")),
                name="who_applied_does_not_decide",
            ),
            models.CheckConstraint(
                condition=~Q(state=Paper.GRANTED.value)
                | Q(petitioned_by__isnull=True)
                | ~Q(decided_by=F("petitioned_by")),
                name="who_petitioned_does_not_permit",
            ),
        ]


class Permit(models.Model):
    """An approval or a permit in writing: what, of which targets, places and methods, until when. Only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.OneToOneField(UndercoverApplication, on_delete=models.PROTECT, related_name="permit")
    operation = models.ForeignKey(UndercoverOperation, on_delete=models.PROTECT, related_name="permits")
    acts = models.JSONField()
    items = models.JSONField(help_text="ids of the scope items that it names")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    words = models.BinaryField(help_text="JSON: purpose and scope in words; sealed")
    granted_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="permit_ends_after_it_begins"
            ),
        ]


class VictimConsent(models.Model):
    """Written, after it was explained, by an adult who can judge it. What it is about and whose it is lies sealed."""

    id = models.UUIDField(primary_key=True, editable=False)
    operation = models.ForeignKey(UndercoverOperation, on_delete=models.PROTECT, related_name="consents")
    acts = models.JSONField()
    words = models.BinaryField(help_text="JSON: whose, of what, what was explained; sealed")
    explained_at = models.DateTimeField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(
        null=True, help_text="when they were told, at the end, what was done with it"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(given_at__gte=F("explained_at")), name="consent_comes_after_the_explanation"
            ),
        ]


class UndercoverAct(models.Model):
    """Something that was done, or was refused (`code`) and so not to be done. Rows are only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False)
    operation = models.ForeignKey(UndercoverOperation, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16, choices=choices(ActKind))
    target = models.ForeignKey(ScopeItem, on_delete=models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey(ScopeItem, on_delete=models.PROTECT, related_name="+", null=True)
    method = models.ForeignKey(ScopeItem, on_delete=models.PROTECT, related_name="+", null=True)
    material = models.CharField(max_length=8, choices=choices(Material))
    consent = models.ForeignKey(VictimConsent, on_delete=models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=40, blank=True, help_text="why it was refused; empty: it was lawful")
    words = models.BinaryField(help_text="JSON: what, and on what the intent rests; sealed")
    officer = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["operation", "at"], name="undercover_act_by_time")]


class EndReport(models.Model):
    """What the officer says when it is over. Only ever added, and once."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operation = models.OneToOneField(UndercoverOperation, on_delete=models.PROTECT, related_name="report")
    words = models.BinaryField(help_text="JSON: the reason and a summary; sealed")
    written_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
