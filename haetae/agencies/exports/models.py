"""Records that were handed out. The court's number and the reason can lead to people, and lie sealed."""

from typing import ClassVar

from django.db import models

from haetae.common.sealed import SealedTextField


class RecordExport(models.Model):
    """One file that an official took out of the house, by its digest. The file itself is not kept."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False)
    sighting_id = models.UUIDField(db_index=True)
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    court_reference = SealedTextField()
    reason = SealedTextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    at = models.DateTimeField()
