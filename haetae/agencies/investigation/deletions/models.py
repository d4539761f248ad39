"""What officers asked to have deleted, in the file to which it belongs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.agencies.investigation.deletions.states import State
from haetae.common.states import choices, values


class DeletionWord(models.Model):
    """One address. `said` is the address and the note, sealed under the file's key."""

    id = models.UUIDField(primary_key=True, editable=False)
    investigation = models.ForeignKey(
        "investigations.Investigation", on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(
        "arrival.Report", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="by which an address that nobody knew is opened",
    )  # fmt: skip
    said = models.BinaryField(help_text="sealed under the key of the file")
    centre_too = models.BooleanField()
    state = models.CharField(max_length=12, choices=choices(State), default=State.WAITING.value)
    asked_by = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="deletion_word_state_is_known")
        ]
        indexes: ClassVar = [models.Index(fields=["investigation", "asked_at"], name="deletion_word_of_file")]


class DeletionPlace(models.Model):
    """A place about which a word was passed on."""

    append_only: ClassVar = True

    word = models.ForeignKey(DeletionWord, on_delete=models.PROTECT, related_name="places")
    sighting = models.ForeignKey("arrival.Sighting", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["word", "sighting"], name="a_word_reaches_a_place_once")
        ]
