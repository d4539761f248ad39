"""What is known now, in memory."""

import threading
from datetime import datetime
from uuid import UUID

from haetae.common import clock
from haetae.detect.matching import Bank
from haetae.hashbank import queries
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
        return self.look()[0]

    def look(self) -> tuple[Bank, int]:
        """The bank, and the version that it is of."""
        # With the row that made it: a restored database may count the same numbers anew.
        version = KnownPicture.objects.order_by("-version").values_list("version", "pk").first()
        with self._lock:
            expired = self._good_until is not None and self._good_until <= clock.now()
            if self._bank is None or version != self._version or expired:
                self._read(version)
            assert self._bank is not None
            return self._bank, version[0] if version else 0

    def _read(self, version: tuple[int, UUID] | None) -> None:
        rows = list(queries.matched_now())
        self._bank = Bank(map(queries.hash_of, rows))
        self._version = version
        self._good_until = min((row.expires_at for row in rows if row.expires_at), default=None)
