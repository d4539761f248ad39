"""Events, and the log they are sealed in. All three tables only ever grow; the application's role can do no other."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One change of state. Holds ids, codes and digests, never free text, so that erasing a person erases."""

    append_only: ClassVar = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=64, db_index=True, help_text="room.what_happened")
    subject_kind = models.CharField(max_length=32)
    subject_id = models.UUIDField(db_index=True)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)


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
