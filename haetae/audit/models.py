"""Events, and the log they are sealed in. All tables only ever grow; the application's role can do no other."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from haetae.common.ids import new_id


class Event(models.Model):
    """One change of state. Holds ids, codes and digests, never free text, so that erasing a person erases."""

    append_only: ClassVar = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=64, help_text="room.what_happened")
    subject_kind = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            # Figures of a day or a month ask what happened in it; of years of it the name alone would find all.
            models.Index(fields=["name", "at"], name="event_by_name_and_time"),
            # Of the dozens of events about a request those that a figure counts.
            models.Index(fields=["subject_id", "name"], name="event_by_subject_and_name"),
            # An answer of an operator is a subject of its own: which of them were about a request.
            models.Index(
                KT("facts__request"), condition=Q(name="answers.taken"), name="event_taken_about_request"
            ),
        ]


class Leaf(models.Model):
    """The place of one event in the log: leaf `index` of the Merkle tree of RFC 6962."""

    append_only: ClassVar = True

    index = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField(help_text="SHA-256(0x00 || canonical event), RFC 6962 section 2.1")


class Head(models.Model):
    """A signed statement: the first `size` leaves have this root."""

    append_only: ClassVar = True

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    signature = models.BinaryField(help_text="Ed25519 over haetae.audit.heads.statement")


class Stamp(models.Model):
    """What an outside authority said about one head: its signed statement existed at `at` (RFC 3161)."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    size = models.BigIntegerField(unique=True, help_text="of the head")
    token = models.BinaryField(help_text="the authority's whole answer, over heads.SignedHead.stamped_digest")
    at = models.DateTimeField(help_text="by the authority's clock")
    authority = models.CharField(max_length=255)


class Succession(models.Model):
    """The key of the log was changed: both keys have said so (haetae.audit.succession)."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    size = models.BigIntegerField(help_text="of the last head that the former key signed")
    at = models.DateTimeField()
    former = models.BinaryField(help_text="public key, Ed25519")
    newer = models.BinaryField()
    by_former = models.BinaryField(help_text="over haetae.audit.succession.succession_statement")
    by_newer = models.BinaryField()


class LogExport(models.Model):
    """The log, or a part of it, that somebody took out of the house; the file itself is not kept."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.BigIntegerField(help_text="size of the head after which it begins; 0: the whole log")
    size = models.BigIntegerField(help_text="size of the head with which it ends")
    with_events = models.BooleanField(help_text="False: their digests alone")
    reason = models.CharField(max_length=24)
    at = models.DateTimeField()


class Restoration(models.Model):
    """The database was put back from a backup: how far the log goes on from there, and what of it is lost.

    The first `kept` rows are there again, `backup` of them in the backup itself; `until` is the size of the newest
    head that was known then. As long as there is one of these, no request counts as never sent.
    """

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    made_at = models.DateTimeField(help_text="when the backup was made")
    backup = models.BigIntegerField()
    kept = models.BigIntegerField()
    until = models.BigIntegerField()
