"""Pieces of evidence, whose keys open them, every link of the chain, and what forbids that they are destroyed.

What was kept lies outside the database, locked for its custodians (`keeping/`). Addresses and reasons lie sealed under
the key of the file.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.evidence.states import IN_CUSTODY, STORED, Act, Origin, State
from haetae.common.ids import new_id
from haetae.common.sealed import SearchDigestsField
from haetae.common.states import choices, values
from haetae.law.evidence import Purpose


class CustodianKey(models.Model):
    """The public half of a custodian's own key (age, X25519). The other half never comes here to stay."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["official"], condition=Q(ended_at__isnull=True), name="one_key_a_custodian"
            )
        ]


class Evidence(models.Model):
    """One piece. `content_digest` (SHA-256 of the locked bytes) is its name in the store and what is checked."""

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="evidence"
    )
    origin = models.CharField(max_length=12, choices=choices(Origin))
    address = models.BinaryField(help_text="sealed under the key of the file; empty for what has none")
    place_digests = SearchDigestsField(
        default=list, help_text="keyed digests by which a sighting at the address is found"
    )
    state = models.CharField(max_length=12, choices=choices(State), default=State.REQUESTED.value)
    why_not = models.CharField(max_length=64, blank=True, help_text="code of why it could not be kept")
    asked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, help_text="until when a deletion at the place waits for it")
    overtaken_at = models.DateTimeField(
        null=True, help_text="a deletion went out before it was sealed: its time was over"
    )
    captured_at = models.DateTimeField(null=True)
    content_digest = models.CharField(max_length=64, blank=True, db_index=True)
    content_bytes = models.PositiveBigIntegerField(default=0)
    manifest_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what is stamped")
    pictures = models.PositiveIntegerField(default=0, help_text="named there, and kept as digests alone")
    recipients = models.ManyToManyField(CustodianKey, related_name="+")
    stamp = models.BinaryField(null=True, help_text="the authority's whole answer (RFC 3161)")
    stamped_at = models.DateTimeField(null=True, help_text="by the authority's clock")
    stamp_authority = models.CharField(max_length=200, blank=True)
    holder = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    given_to = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, help_text="when it was last found to be what it was")
    damaged_at = models.DateTimeField(null=True, help_text="since then it is not what it was")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="evidence_state_is_known"),
            models.CheckConstraint(condition=Q(origin__in=values(Origin)), name="evidence_origin_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=values(STORED)) | ~Q(content_digest=""),
                name="what_is_kept_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values(frozenset(State) - IN_CUSTODY - {State.SEALED}))
                | Q(stamp__isnull=False),
                name="nobody_holds_what_is_not_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(IN_CUSTODY)) | Q(holder__isnull=False),
                name="what_is_held_has_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(state=State.HANDED_OVER.value, given_to__isnull=False)
                | (~Q(state=State.HANDED_OVER.value) & Q(given_to__isnull=True)),
                name="only_what_is_on_its_way_has_a_receiver",
            ),
        ]


class CustodyLink(models.Model):
    """One link of the chain. Rows are only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="chain")
    act = models.CharField(max_length=20, choices=choices(Act))
    by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=24, blank=True, choices=choices(Purpose))
    reason = models.BinaryField(help_text="sealed under the key of the file; empty where none is asked for")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was handed out")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=values(Act)), name="custody_act_is_known"),
            models.CheckConstraint(
                condition=~Q(act__in=[Act.OPENED.value, Act.EXPORTED.value, Act.RELEASED.value])
                | ~Q(purpose=""),
                name="nothing_is_used_without_a_purpose",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["evidence", "at"], name="custody_by_evidence")]


class EvidenceHold(models.Model):
    """Until then a piece may not be destroyed, whatever else says so."""

    id = models.UUIDField(primary_key=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="holds")
    reason = models.BinaryField(help_text="sealed under the key of the file")
    set_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Destruction(models.Model):
    """One custodian asks for it, another confirms it: what stays is that it was done, and of what."""

    id = models.UUIDField(primary_key=True, editable=False)
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="destruction")
    asked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    article = models.CharField(max_length=80, help_text="what sets the term that is over")
    kept_until = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "accounts.Official", on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    proof_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the record of it")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
                name="two_custodians_destroy",
            )
        ]
