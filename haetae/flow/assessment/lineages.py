"""Is this the same picture as one that was sighted before? The answer comes from hashes in memory."""

import threading

from django.db.models import Count, Max

from haetae.detect.finding import Fingerprints
from haetae.detect.matching import Bank, KnownHash, Tier
from haetae.flow.assessment.models import Lineage


class Lineages:
    """All lineages as a bank, read on as they grow. Asked under the lock of whoever may add one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[KnownHash] = []
        self._bank = Bank()
        self._last = 0

    def of(self, fingerprints: Fingerprints) -> int | None:
        """The id of the nearest lineage whose picture this is: the same bytes, or both hash families agree."""
        with self._lock:
            self._read_on()
            matches = [match for match in self._bank.match(fingerprints) if match.confirmed]
        return int(matches[0].entry.entry_id) if matches else None

    def _read_on(self) -> None:
        now = Lineage.objects.aggregate(many=Count("pk"), last=Max("pk"))
        last = now["last"] or 0
        if (now["many"], last) == (len(self._entries), self._last):
            return
        new = [_entry(row) for row in Lineage.objects.filter(pk__gt=self._last).order_by("pk")]
        if len(self._entries) + len(new) != now["many"]:  # what was read before is not what is there
            self._entries, new = [], [_entry(row) for row in Lineage.objects.order_by("pk")]
        self._entries += new
        self._bank, self._last = Bank(self._entries), last


def _entry(row: Lineage) -> KnownHash:
    return KnownHash(
        entry_id=str(row.pk),
        list_name="lineages",
        tier=Tier.SELF_DECLARED,
        sha256=row.sha256,
        pdq=row.pdq or None,
        dhash=row.dhash or None,
    )
