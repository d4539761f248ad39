"""People who sign in, the seats they hold by date, and the operators of platforms."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from haetae.accounts.permissions import Role
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices
from haetae.detect.matching import Tier


class Official(AbstractUser):
    """Somebody who signs in: for an agency, or for an operator. People who report have no account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sessions_end_at = models.DateTimeField(
        null=True, help_text="every session from before is over: a seat or a second step has changed"
    )


class Seat(models.Model):
    """A role held in an agency, or at an operator, from one day to another; a role without a day does not exist."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=32, choices=choices(Role))
    agency = models.CharField(
        max_length=64, blank=True, help_text="key of the agency in the jurisdiction pack"
    )
    operator = models.ForeignKey("Operator", null=True, on_delete=models.PROTECT, related_name="seats")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day, or empty while it lasts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(agency="", operator__isnull=False) | (~Q(agency="") & Q(operator__isnull=True)),
                name="seat_is_in_an_agency_or_at_an_operator",
            ),
        ]


class HandedOver(models.Model):
    """What somebody carried is with somebody else from now on. Whoever began it stays who began it."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, help_text="case, referral, hearing, order, sanction")
    subject_id = models.UUIDField(db_index=True)
    left = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+", help_text="who had it")
    to = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="carries_on")
    by = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", help_text="the administrator who said so"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(left=F("to")), name="handed_over_to_another")
        ]


class OneTimeSignIn(models.Model):
    """A sign-in that works once, printed by the command line for a demonstration. Only its digest is kept."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class WhenWeAreDown(models.TextChoices):
    """What a platform does with uploads while our check gives no answer; each declares it for itself."""

    OPEN = "open"
    CLOSED = "closed"


class OperatorKind(models.TextChoices):
    """What it can do about a picture: only a platform deletes what its members posted."""

    PLATFORM = "platform"
    HOST = "host"
    CDN = "cdn"
    SEARCH = "search"
    ACCESS_PROVIDER = "access_provider"


class Operator(models.Model):
    """Whoever runs a platform and can delete from it, or stands between it and those who would see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    connector = models.CharField(max_length=32, help_text="folder in haetae/connectors that speaks with it")
    origin = models.CharField(
        max_length=255,
        unique=True,
        help_text="exact public origin, as https://board.example; registering it lets connectors reach it",
    )
    secret_name = models.CharField(max_length=64, blank=True, help_text="key file that holds its token")
    kind = models.CharField(max_length=16, choices=OperatorKind.choices, default=OperatorKind.PLATFORM.value)
    jurisdiction = models.CharField(max_length=8, default="kr", help_text="pack whose law it answers to")
    zone = models.CharField(max_length=64, default="Asia/Seoul", help_text="time zone of its desk")
    language = models.CharField(max_length=8, default="en", help_text="in which it is written to")
    endpoint = models.CharField(
        max_length=500, blank=True, help_text="exact address at which its system takes requests"
    )
    mailbox = models.CharField(max_length=254, blank=True, help_text="its desk's address for mail")
    public_only = models.BooleanField(
        default=False,
        help_text="it asked to be reached by us itself, so its origin opens no way to addresses that are not public",
    )
    watched_every_s = models.PositiveIntegerField(
        null=True, help_text="how often its public pages are looked at, in seconds; empty: never"
    )
    upload_check = models.CharField(
        max_length=8,
        blank=True,
        choices=WhenWeAreDown.choices,
        help_text="what it does with uploads while our check gives no answer; empty: it does not ask us",
    )
    upload_check_digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the token with which it asks before it publishes"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=OperatorKind.values), name="operator_kind_is_known")
        ]


class BlockDelegation(models.Model):
    """An operator lets us block for now in its name. Without such a row in force, a block is its own act."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="block_delegations")
    reference = models.CharField(max_length=80, help_text="number of the agreement, as a code")
    since = models.DateField()
    until = models.DateField(null=True, help_text="last day, or empty while it lasts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="delegation_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["operator"], condition=Q(until__isnull=True), name="one_lasting_delegation"
            ),
        ]


class Partner(models.Model):
    """Somebody with whom hash lists are exchanged: a hotline, an agency, another country's installation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=64, unique=True, help_text="a code; also its user name at our doors")
    takes_tier = models.PositiveSmallIntegerField(
        default=Tier.COUNSELLOR_CHECKED.value, help_text="lowest tier of the hashes that it receives"
    )
    since = models.DateTimeField()


class KeyScope(models.TextChoices):
    """What a key opens, and nothing else."""

    SCAN = "scan"
    LISTS_READ = "lists_read"
    LISTS_WRITE = "lists_write"
    OPERATE = "operate"


class ApiKey(models.Model):
    """A secret of an operator or a partner; only its digest is kept. A key opens one thing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, null=True, on_delete=models.CASCADE, related_name="api_keys")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.CASCADE, related_name="api_keys")
    scope = models.CharField(max_length=16, choices=KeyScope.choices)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret")
    per_minute = models.PositiveIntegerField(
        help_text="hashes or files it may ask about, or pages it may read"
    )
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(operator__isnull=True) ^ Q(partner__isnull=True), name="key_has_one_holder"
            ),
            models.CheckConstraint(condition=Q(scope__in=KeyScope.values), name="key_scope_is_known"),
        ]


class KeyUse(models.TextChoices):
    """Who signs with it, and how (Standard Webhooks: v1 is HMAC-SHA256, v1a is Ed25519)."""

    WE_SIGN_SHARED = "we_v1"
    THEY_SIGN_SHARED = "they_v1"
    THEY_SIGN_PUBLIC = "they_v1a"


class SigningKey(models.Model):
    """A key between us and one operator. Several may be in force: that is how one is changed without a pause.

    Our own Ed25519 key is one for all operators and lies with the keys of the installation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="signing_keys")
    use = models.CharField(max_length=8, choices=KeyUse.choices)
    secret = SealedTextField(help_text="whsec_ and base64; empty where the key is theirs alone")
    public_key = models.CharField(max_length=64, blank=True, help_text="whpk_ and base64; of theirs alone")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(use__in=KeyUse.values), name="signing_key_use_is_known"),
            models.CheckConstraint(
                condition=Q(use=KeyUse.THEY_SIGN_PUBLIC.value) ^ Q(public_key=""),
                name="signing_key_is_shared_or_public",
            ),
        ]
