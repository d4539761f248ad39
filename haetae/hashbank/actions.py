"""Everything that writes to the bank."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from haetae.audit.actions import record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.hashbank.models import KnownPicture

_BANK_LOCK = 0x6861_6574_6162


@transaction.atomic
def add_known_picture(
    *,
    list_name: str,
    tier: Tier,
    sha256: str,
    pdq: str,
    dhash: str,
    actor: Actor,
    expires_at: datetime | None = None,
) -> UUID:
    """Make a picture known by its hashes; it is matched from the next examination on.

    The same picture on the same list at the same tier stays one row.
    """
    same = {"list_name": list_name, "tier": tier, "sha256": sha256, "pdq": pdq, "dhash": dhash}
    still_good = {"expires_at": expires_at, "withdrawn_at": None, "disputed_at": None}
    already = KnownPicture.objects.filter(**same, **still_good).first()
    if already is not None:
        return already.pk
    known = KnownPicture.objects.create(
        **same,
        added_at=clock.now(),
        expires_at=expires_at,
        version=_next_version(),
    )
    record(event="hashbank.added", subject=known, actor=actor, facts={"list": list_name, "tier": int(tier)})
    return known.pk


@transaction.atomic
def withdraw_known_picture(*, known_id: UUID, actor: Actor) -> None:
    """Stop matching a picture at once; the row stays, so that what it caused can still be explained."""
    known = KnownPicture.objects.select_for_update().get(pk=known_id)
    if known.withdrawn_at is not None:
        return
    known.withdrawn_at = clock.now()
    known.version = _next_version()
    known.save(update_fields=["withdrawn_at", "version"])
    record(event="hashbank.withdrawn", subject=known, actor=actor)


@transaction.atomic
def dispute_known_picture(*, known_id: UUID, actor: Actor) -> None:
    """Somebody with the right to say so found it not harmful: it is still matched, and acts by itself no more."""
    known = KnownPicture.objects.select_for_update().filter(pk=known_id).first()
    if known is None or known.disputed_at is not None:
        return
    known.disputed_at = clock.now()
    known.version = _next_version()
    known.save(update_fields=["disputed_at", "version"])
    record(event="hashbank.disputed", subject=known, actor=actor)


def _next_version() -> int:
    # One writer at a time, so that a version that is visible has nothing uncommitted below it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_BANK_LOCK])
    return (KnownPicture.objects.aggregate(last=Max("version"))["last"] or 0) + 1
