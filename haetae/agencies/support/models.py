"""One person's case. What says anything about them lies sealed under the case's own key; the rest is codes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.support.consent.models import Consent
from haetae.agencies.support.desk.models import CaseOpening
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.notices.models import Mailbox, Notice
from haetae.agencies.support.recovery.models import NewWords
from haetae.agencies.support.retention.models import Hold
from haetae.agencies.support.states import (
    Age,
    Cadence,
    Channel,
    ExOfficio,
    IdentityCheck,
    Recovery,
    Relation,
    Sender,
    State,
    Text,
)
from haetae.common.ids import new_id
from haetae.common.sealed import CaseKeyField
from haetae.common.states import choices, values

__all__ = [
    "Case",
    "CaseHash",
    "CaseLink",
    "CaseOpening",
    "CaseText",
    "Consent",
    "DeletionRecord",
    "Hold",
    "Mailbox",
    "Message",
    "NewWords",
    "Notice",
]


class Case(models.Model):
    """`lookup` finds it by its receipt; both are gone when the person has it destroyed.

    The case's key is kept twice: wrapped under the receipt's key, and sealed to the custodian.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lookup = models.CharField(
        max_length=64, unique=True, null=True, help_text="from the receipt: no receipt in it"
    )
    key_for_person = models.BinaryField(null=True)
    key_for_custodian = CaseKeyField(null=True)
    state = models.CharField(max_length=12, choices=choices(State), default=State.OPEN.value)
    channel = models.CharField(max_length=12, choices=choices(Channel), default=Channel.PORTAL.value)
    relation = models.CharField(max_length=12, choices=choices(Relation), default=Relation.UNSAID.value)
    age = models.CharField(max_length=12, choices=choices(Age), default=Age.UNSAID.value)
    circumstances = models.JSONField(default=list, help_text="codes")
    language = models.CharField(max_length=8, default="ko")
    cadence = models.CharField(max_length=12, choices=choices(Cadence), default=Cadence.NEVER.value)
    legal_basis = models.CharField(max_length=40, blank=True, help_text="id in the pack; empty: chosen by us")
    opened_at = models.DateTimeField(db_index=True)
    counsellor = models.ForeignKey(
        "accounts.Official",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who has taken it on",
    )
    waits_since = models.DateTimeField(
        null=True, help_text="since when it waits for a counsellor; null: it does not"
    )
    rank = models.PositiveSmallIntegerField(default=0, help_text="rules.rank: the smaller first")
    ex_officio = models.CharField(
        max_length=12,
        blank=True,
        choices=choices(ExOfficio),
        help_text="why without a request; empty: somebody asked",
    )
    home_asked_at = models.DateTimeField(
        null=True, help_text="when the person was asked whether it is safe at home; null: nobody has asked"
    )
    recovery = models.CharField(max_length=12, choices=choices(Recovery), default=Recovery.NOBODY.value)
    recovery_by = models.ForeignKey(
        "accounts.Official",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the one by name",
    )
    recovery_check = models.CharField(
        max_length=12, blank=True, choices=choices(IdentityCheck), help_text="how the person is recognised"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="case_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=values(Channel)), name="case_channel_is_known"),
            models.CheckConstraint(condition=Q(relation__in=values(Relation)), name="case_relation_is_known"),
            models.CheckConstraint(condition=Q(age__in=values(Age)), name="case_age_is_known"),
            models.CheckConstraint(condition=Q(cadence__in=values(Cadence)), name="case_cadence_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.DESTROYED.value)
                | Q(lookup=None, key_for_person=None, key_for_custodian=None),
                name="a_destroyed_case_has_no_key",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD.value) | Q(lookup=None, key_for_person=None),
                name="a_held_case_opens_with_no_receipt",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.EX_OFFICIO.value, ex_officio__in=values(ExOfficio))
                | (~Q(channel=Channel.EX_OFFICIO.value) & Q(ex_officio="")),
                name="case_without_a_request_says_why",
            ),
            models.CheckConstraint(
                condition=Q(recovery=Recovery.NOBODY.value, recovery_by=None, recovery_check="")
                | Q(
                    recovery=Recovery.CENTRE.value,
                    recovery_by=None,
                    recovery_check__in=values(IdentityCheck),
                )
                | Q(
                    recovery=Recovery.COUNSELLOR.value,
                    recovery_by__isnull=False,
                    recovery_check__in=values(IdentityCheck),
                ),
                name="case_recovery_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["rank", "waits_since", "id"],
                condition=Q(waits_since__isnull=False),
                name="case_waiting_in_turn",
            )
        ]


class CaseText(models.Model):
    """Something that the person told us, sealed. Its id is keyed by the content: the same told twice is one row."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=12, choices=choices(Text))
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=values(Text)), name="case_text_kind_is_known")
        ]


class Message(models.Model):
    """One message between the person and a counsellor, sealed."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    sender = models.CharField(max_length=12, choices=choices(Sender))
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="when the other side opened it")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sender__in=values(Sender)), name="message_sender_is_known"),
            models.CheckConstraint(
                condition=Q(sender=Sender.COUNSELLOR.value, official__isnull=False)
                | Q(sender__in=[Sender.PERSON.value, Sender.NOTICE.value], official=None),
                name="message_has_its_sender",
            ),
        ]


class CaseLink(models.Model):
    """A link that the person sent: a report of the flow, which belongs to this case alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    report = models.OneToOneField("arrival.Report", on_delete=models.PROTECT, related_name="+")


class CaseHash(models.Model):
    """A fingerprint made on the person's device: an entry of the bank, self-declared until somebody has checked it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hashes")
    known = models.ForeignKey("hashbank.KnownPicture", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "known"], name="one_hash_a_case")]
