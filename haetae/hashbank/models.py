"""Hashes of known pictures. The bank holds no picture and cannot make one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.detect.matching import Tier
from haetae.hashbank.states import Feedback, Media, Purpose, Wire

_TIERS = [tier for tier in Tier if tier is not Tier.DISPUTED]


class HashList(models.Model):
    """Who vouches for a set of hashes, what for, and how near a picture must come to be called the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=64, unique=True, help_text="a code; part of every match and event")
    issuer = models.CharField(max_length=64, help_text="agency or partner that answers for it, as a code")
    purpose = models.CharField(max_length=16, choices=choices(Purpose))
    reach_bits = models.PositiveSmallIntegerField(default=31, help_text="largest PDQ distance of a match")
    entries_expire_days = models.PositiveIntegerField(null=True, help_text="empty: never by themselves")
    partner = models.ForeignKey("accounts.Partner", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    quarantined_at = models.DateTimeField(
        null=True, help_text="a flood came in: nothing of it is matched until a person has looked"
    )

    released_at = models.DateTimeField(
        null=True, help_text="somebody had looked: what came before is no flood"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(purpose__in=values(Purpose)), name="list_purpose_is_known"),
            models.CheckConstraint(condition=Q(reach_bits__lte=31), name="list_reaches_31_bits_at_most"),
        ]


class KnownPicture(models.Model):
    """One known picture or film by its hashes, 64 hex digits each (MD5: 32). A film's frames are `KnownFrame` rows.

    A withdrawn row stays as a tombstone: partners must be told of it, and what it caused must stay explainable. One
    that was forgotten has no hash any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(
        HashList,
        to_field="name",
        on_delete=models.PROTECT,
        db_column="list_name",
        db_index=False,  # the indexes below begin with it
        related_name="entries",
    )
    tier = models.PositiveSmallIntegerField(choices=[(tier.value, tier.name) for tier in _TIERS])
    media = models.CharField(max_length=8, choices=choices(Media), default=Media.IMAGE.value)
    sha256 = models.CharField(max_length=64, blank=True)
    md5 = models.CharField(max_length=32, blank=True)
    pdq = models.CharField(max_length=64, blank=True)
    dhash = models.CharField(max_length=64, blank=True)
    foreign_id = models.CharField(max_length=120, blank=True, help_text="the partner's own name for it")
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="moment of its newest version; never runs backwards")
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_issuer = models.BooleanField(
        default=False, help_text="whoever sent it withdrew it, and may make it known again"
    )
    disputed_at = models.DateTimeField(
        null=True, help_text="since then it is still matched, and acts by itself no more"
    )
    to_forget = models.BooleanField(
        default=False, help_text="withdrawn, and its hashes go as soon as no partner must be told by them"
    )
    version = models.BigIntegerField(
        help_text="grows with every change of the bank; tells readers to look again"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~(Q(sha256="") & Q(pdq="") & Q(md5="") & Q(media=Media.IMAGE.value))
                | Q(withdrawn_at__isnull=False),
                name="known_picture_has_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=[tier.value for tier in _TIERS]), name="tier_is_known"
            ),
            models.CheckConstraint(condition=Q(media__in=values(Media)), name="known_media_is_known"),
            models.CheckConstraint(condition=Q(changed_at__gte=F("added_at")), name="known_changes_forwards"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-version", "id"], name="known_picture_newest"),
            models.Index(fields=["changed_at", "id"], name="known_picture_changed"),
            models.Index(fields=["list", "foreign_id"], name="known_picture_foreign_id"),
            models.Index(fields=["list", "pdq"], name="known_picture_pdq"),
            models.Index(fields=["list", "md5"], name="known_picture_md5"),
            models.Index(fields=["id"], condition=Q(to_forget=True), name="known_picture_to_forget"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="known_picture_ends"
            ),
        ]


class KnownFrame(models.Model):
    """One frame of a known film."""

    known = models.ForeignKey(KnownPicture, on_delete=models.CASCADE, related_name="frames")
    at_ms = models.PositiveIntegerField()
    pdq = models.CharField(max_length=64)
    dhash = models.CharField(max_length=64)


class HashFeedback(models.Model):
    """What somebody who uses the lists says of one entry. The newest of each source counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    known = models.ForeignKey(KnownPicture, on_delete=models.PROTECT, related_name="feedback")
    source = models.CharField(max_length=64, help_text="partner or operator, as a code")
    value = models.CharField(max_length=16, choices=choices(Feedback))
    tags = models.JSONField(default=list, help_text="codes of the source")
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__in=values(Feedback)), name="feedback_is_known"),
            models.UniqueConstraint(fields=["known", "source"], name="one_feedback_of_a_source"),
        ]


class Recall(models.Model):
    """A partner holds a hash that was withdrawn: told, and acknowledged, or not yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    known = models.ForeignKey(KnownPicture, on_delete=models.PROTECT, related_name="recalls")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="recalls")
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["known", "partner"], name="one_recall_of_a_partner")
        ]


class PartnerCopy(models.Model):
    """A partner was given this entry once. Tombstones go to these partners, and to nobody else."""

    partner = models.ForeignKey("accounts.Partner", on_delete=models.CASCADE, related_name="copies")
    known = models.ForeignKey(KnownPicture, on_delete=models.PROTECT, related_name="copies")
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "known"], name="one_copy_of_a_partner")
        ]


class PartnerReading(models.Model):
    """How far a partner has read our lists: whoever has read an entry must be told when it is withdrawn."""

    partner = models.OneToOneField("accounts.Partner", primary_key=True, on_delete=models.CASCADE)
    up_to_version = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()


class Source(models.Model):
    """A list of somebody else's that we fetch: where it is, how far we have come, and how that goes.

    The secret that opens it lies with the keys, under `secret_name`. Seconds are since 1970 in UTC.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=56, unique=True)
    wire = models.CharField(max_length=16, choices=choices(Wire))
    base = models.CharField(
        max_length=255, help_text="address before the paths of the wire; its origin is reachable"
    )
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="sources")
    fills = models.OneToOneField(HashList, on_delete=models.PROTECT, related_name="source")
    secret_name = models.CharField(max_length=64, help_text="key file that holds its secret")
    every_s = models.PositiveIntegerField(help_text="pause between two rounds")
    since_s = models.BigIntegerField(default=0, help_text="where the present round began")
    until_s = models.BigIntegerField(null=True, help_text="where it ends, on a wire that has ends")
    following = models.CharField(
        max_length=2048, blank=True, help_text="the other side's word for the next page"
    )
    due_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True, help_text="end of the last round that came to its end")
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="tries since then that failed")
    silent_at = models.DateTimeField(null=True, help_text="since then a person knows that it fails")
    failure_code = models.CharField(max_length=64, blank=True)
    failure_words = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict, help_text="what came in since it was added, by kind")
    odd = models.JSONField(
        default=list, help_text="first places that could not be read, and what was not believed"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(wire__in=values(Wire)), name="source_wire_is_known"),
            models.CheckConstraint(
                condition=Q(failures=0) ^ Q(failing_since__isnull=False), name="source_fails_since_a_moment"
            ),
        ]
