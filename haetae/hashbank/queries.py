"""Everything that reads the bank."""

import threading
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from haetae.common import clock
from haetae.detect.matching import Bank, KnownHash, Tier
from haetae.hashbank.models import KnownPicture


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
        rows = list(KnownPicture.objects.filter(valid, withdrawn_at__isnull=True))
        self._bank = Bank(
            KnownHash(
                entry_id=str(row.pk),
                list_name=row.list_name,
                tier=Tier(row.tier) if row.disputed_at is None else Tier.DISPUTED,
                sha256=row.sha256 or None,
                pdq=row.pdq or None,
                dhash=row.dhash or None,
            )
            for row in rows
        )
        self._version = version
        self._good_until = min((row.expires_at for row in rows if row.expires_at), default=None)
