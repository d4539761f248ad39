"""Two small tables of the pages alone: how much of a limit is spent, and what all processes must know for a moment."""

from typing import ClassVar

from django.db import models


class Bucket(models.Model):
    """Spent until `full_at`: from that moment on all of it is there again, and the row says nothing any more.

    The table is UNLOGGED: no file of the write-ahead log and no copy made from one ever holds who asked.
    """

    key = models.CharField(
        primary_key=True, max_length=64, help_text="name of the limit, and a digest of who it holds for"
    )
    full_at = models.DateTimeField(db_index=True)


class Kept(models.Model):
    """An entry of the cache that all processes share: haetae.web.limits.shared."""

    key = models.CharField(primary_key=True, max_length=255)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural: ClassVar = "kept"
