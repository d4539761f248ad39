"""What one crawl did, counted while it runs."""

from collections import Counter
from dataclasses import dataclass, field

from haetae.connectors.crawling.base import Missed, PageSeen, Totals


@dataclass(kw_only=True)
class Tally:
    seen: int = 0
    pictures: int = 0
    bytes_read: int = 0
    by_reason: Counter[str] = field(default_factory=Counter)

    def saw(self, page: PageSeen) -> None:
        self.seen += 1
        self.pictures += len(page.pictures)

    def missed(self, missed: Missed) -> None:
        self.by_reason[missed.why] += 1

    def totals(self) -> Totals:
        missed = self.by_reason.total()
        return Totals(
            visited=self.seen + missed,
            seen=self.seen,
            missed=missed,
            pictures=self.pictures,
            bytes_read=self.bytes_read,
            by_reason=dict(self.by_reason),
        )
