"""Places and identifiers of a file. What an officer typed lies sealed; a keyed digest finds the same thing again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.linking.states import Kind
from haetae.common.ids import new_id
from haetae.common.sealed import SearchDigestField
from haetae.common.states import choices, values

_FILE = "investigations.Investigation"
_OFFICIAL = "accounts.Official"


class PlaceOfFile(models.Model):
    """A place that was sighted belongs to a file, until somebody takes it out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    investigation = models.ForeignKey(_FILE, on_delete=models.PROTECT, related_name="places")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True, help_text="empty while it belongs to the file")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["investigation", "sighting"],
                condition=Q(out_at__isnull=True),
                name="a_place_stands_once_in_a_file",
            )
        ]


class Identifier(models.Model):
    """An account, a channel or a watermark in a file. `digest` is keyed: worthless without the key of the house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    investigation = models.ForeignKey(_FILE, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=choices(Kind))
    text = models.BinaryField(help_text="sealed under the key of the file")
    service = models.BinaryField(null=True, help_text="of which service an account is; sealed likewise")
    digest = SearchDigestField(max_length=64, db_index=True)
    added_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="identifier_kind_is_known"),
            models.UniqueConstraint(
                fields=["investigation", "digest"],
                condition=Q(out_at__isnull=True),
                name="an_identifier_stands_once_in_a_file",
            ),
        ]


class LinkRead(models.Model):
    """An officer has read that this file shares something with another one. Rows are only ever added."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False, help_text="derived from officer, file and mark")
    investigation = models.ForeignKey(_FILE, on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
