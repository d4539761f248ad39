"""Everything that makes the bank forget."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.hashbank.models import KnownFrame, KnownPicture, PartnerCopy, Recall

_NO_HASH = {"sha256": "", "md5": "", "pdq": "", "dhash": "", "foreign_id": "", "to_forget": False}


def hold_entries(*, known_ids: Collection[UUID]) -> None:
    """Part of a change: nobody begins or ceases to stand for these until it ends, so who does can be asked."""
    rows = KnownPicture.objects.select_for_update().filter(pk__in=known_ids).order_by("pk")
    list(rows.values_list("pk", flat=True))


@transaction.atomic
def forget_entries(*, known_ids: Collection[UUID]) -> int:
    """Whose picture it is wants nothing of it kept: withdrawn entries lose their hashes, and only their ids stay.

    What a partner holds keeps them until that partner has dropped it: it is told by the hash. Returns how many are
    forgotten or will be then.
    """
    rows = KnownPicture.objects.select_for_update().filter(pk__in=known_ids, withdrawn_at__isnull=False)
    marked = rows.update(to_forget=True)
    forget_what_was_told()
    return marked


@transaction.atomic
def forget_what_was_told() -> None:
    """Those of them of which every partner that held it has said that it has dropped it."""
    held = PartnerCopy.objects.filter(known=OuterRef("pk"))
    unsaid = Recall.objects.filter(known=OuterRef("known"), partner=OuterRef("partner"), acknowledged_at=None)
    told = Recall.objects.filter(known=OuterRef("known"), partner=OuterRef("partner"))
    waits = held.filter(Exists(unsaid) | ~Exists(told))
    rows = KnownPicture.objects.select_for_update(of=("self",)).filter(to_forget=True)
    for known in rows.exclude(Exists(waits)).order_by("pk"):
        KnownFrame.objects.filter(known=known).delete()
        # Its version stays: for readers it was withdrawn, and that they have been told.
        KnownPicture.objects.filter(pk=known.pk).update(**_NO_HASH)
        record(event="hashbank.forgotten", subject=known, actor=SYSTEM)
