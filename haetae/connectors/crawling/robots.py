"""What a host's robots.txt asks of us (RFC 9309). Pure."""

from dataclasses import dataclass
from typing import Final

from protego import Protego

OUR_NAME: Final = "haetae"  # the name by which a host can speak to us in its robots.txt
KEPT_S: Final = 86_400.0  # no longer than a day, RFC 9309, 2.4
MOST_BYTES: Final = 512_000  # at least 500 kibibytes are read, RFC 9309, 2.5
MOST_HOPS: Final = 5  # at least five redirects are followed, RFC 9309, 2.3.1.2


@dataclass(frozen=True)
class Rules:
    """`size_bytes` is what they cost to keep."""

    read: Protego | None
    size_bytes: int = 0

    def allow(self, url: str) -> bool:
        return self.read is None or bool(self.read.can_fetch(url, OUR_NAME))

    @property
    def pause_s(self) -> float:
        """How long the host asks us to wait between two visits, 0 where it does not say."""
        if self.read is None:
            return 0.0
        delay = self.read.crawl_delay(OUR_NAME) or 0.0
        rate = self.read.request_rate(OUR_NAME)
        return max(float(delay), rate.seconds / rate.requests if rate and rate.requests else 0.0)


NONE: Final = Rules(read=None)


def rules_of(body: bytes) -> Rules:
    """Whatever is no rule is passed over; a page of HTML has none."""
    cut = body[:MOST_BYTES]
    return Rules(read=Protego.parse(cut.decode("utf-8", "replace")), size_bytes=len(cut))


def rules_by_status(status: int, body: bytes) -> Rules | None:
    """None where we cannot know: then nothing may be visited for now. 4xx says that there are no rules."""
    if status == 200:
        return rules_of(body)
    if 400 <= status < 500 and status != 429:
        return NONE
    return None
