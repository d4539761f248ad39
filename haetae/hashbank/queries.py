"""Everything that reads the bank."""

import threading
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from haetae.common import clock
from haetae.detect.matching import Bank, KnownHash, Tier
from haetae.detect.matching.distance import distances_bits, words_of
from haetae.hashbank.models import KnownPicture, PartnerReading
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Purpose

_BENIGN_REACH_BITS = 31


class CurrentBank:
    """The bank in memory, read again when its version has changed or one of its entries has expired."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bank: Bank | None = None
        self._version: tuple[int, UUID] | None = None
        self._good_until: datetime | None = None

    def get(self) -> Bank:
        """What is known now. One small query when nothing changed."""
        # With the row that made it: a restored database may count the same numbers anew.
        version = KnownPicture.objects.order_by("-version").values_list("version", "pk").first()
        with self._lock:
            expired = self._good_until is not None and self._good_until <= clock.now()
            if self._bank is None or version != self._version or expired:
                self._read(version)
            assert self._bank is not None
            return self._bank

    def _read(self, version: tuple[int, UUID] | None) -> None:
        now = clock.now()
        valid = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        rows = list(
            KnownPicture.objects.filter(
                valid, withdrawn_at__isnull=True, list__quarantined_at__isnull=True
            ).exclude(list__purpose=Purpose.BENIGN)
        )
        self._bank = Bank(
            KnownHash(
                entry_id=str(row.pk),
                list_name=row.list_id,
                tier=Tier(row.tier) if row.disputed_at is None else Tier.DISPUTED,
                sha256=row.sha256 or None,
                pdq=row.pdq or None,
                dhash=row.dhash or None,
            )
            for row in rows
        )
        self._version = version
        self._good_until = min((row.expires_at for row in rows if row.expires_at), default=None)


def near_benign(entries: Sequence[NewEntry]) -> frozenset[int]:
    """Which of these (by place) PDQ cannot tell from a picture that is known to be harmless."""
    benign = KnownPicture.objects.filter(list__purpose=Purpose.BENIGN, withdrawn_at=None).exclude(pdq="")
    words = words_of(list(benign.values_list("pdq", flat=True)))
    if not len(words):
        return frozenset()
    return frozenset(
        place
        for place, entry in enumerate(entries)
        if entry.pdq and distances_bits(entry.pdq, many=words).min() <= _BENIGN_REACH_BITS
    )


def partners_that_read(known: KnownPicture) -> list[UUID]:
    """The partners that have been given this version of an entry, or could have been."""
    read = PartnerReading.objects.filter(up_to_version__gte=known.version)
    return list(read.filter(partner__takes_tier__lte=known.tier).values_list("partner_id", flat=True))


def version() -> int:
    """Of the newest change of the bank; 0 where it is empty."""
    return KnownPicture.objects.order_by("-version").values_list("version", flat=True).first() or 0
