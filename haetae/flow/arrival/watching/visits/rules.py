"""When a place is visited again, and which comes first. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from haetae.flow.arrival.watching.rules import WEIGHT_MOST

# A visit that was handed out and never came back is handed out again after this.
LEASE: Final = timedelta(seconds=120)
# An engine says every few seconds that it lives; what a silent one had goes to others.
SILENT_AFTER: Final = timedelta(seconds=15)
BEATS_EVERY: Final = timedelta(seconds=3)
# What one engine is given of one host at a time: as much as it can visit politely before the lease is over.
AT_ONE_HOST: Final = 8
# Calendars that never end, and pages that make up addresses, stop here.
PER_LIST, PER_HOST = 200_000, 20_000
LINKS_PER_PAGE, PICTURES_PER_PAGE, LEADS_PER_LIST = 2_000, 2_000, 10_000
# A page that makes up new pictures at each visit stops here. What is left out is taken on another day, if it is there.
NEW_PER_PLACE_A_DAY, NEW_PER_LIST_A_DAY = 5_000, 200_000
LONGEST_PAUSE: Final = timedelta(days=1)
# What vanishes within hours is looked at in minutes, however seldom the rest of its list is.
SOON: Final = timedelta(seconds=30)
# A place that was gone so soon after we found it tells of its whole host.
QUICKLY: Final = timedelta(hours=24)
# A followed page that has not changed so often is asked more and more seldom.
_DOUBLINGS_MOST: Final = 16
VANISHES: Final = 1_000  # by so much what vanishes comes before all else
_PER_WEIGHT, _PHRASES, _DEPTH_MOST = 50, 20, 9


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What the next visit depends on. `every_s` is the list's, `named`: the agency named it, nobody followed a link."""

    every_s: int
    named: bool
    vanishes: bool

    @property
    def pause(self) -> timedelta:
        every = timedelta(seconds=self.every_s)
        return min(every, SOON) if self.vanishes else every


def rank_of(*, vanishes: bool, weight: int, phrases: int, depth: int) -> int:
    """The order of visits as one number, the smaller first: what vanishes, the list's weight, words found, nearness."""
    return (
        (0 if vanishes else VANISHES)
        + (WEIGHT_MOST - weight) * _PER_WEIGHT
        + (0 if phrases else _PHRASES)
        + min(depth, _DEPTH_MOST)
    )


def after_a_visit(rhythm: Rhythm, *, unchanged: int) -> timedelta:
    """What the agency named is visited at the pace it named; a followed page the more seldom the longer it rests."""
    if rhythm.named or rhythm.vanishes:
        return rhythm.pause
    longer: timedelta = rhythm.pause * 2 ** min(unchanged, _DOUBLINGS_MOST)
    return min(longer, LONGEST_PAUSE)


def after_a_miss(rhythm: Rhythm, *, misses: int, retry_after_s: int | None) -> timedelta:
    """Twice as long after each miss in a row, never sooner than the host asked, and never longer than a day."""
    own: timedelta = rhythm.pause * 2 ** min(misses, _DOUBLINGS_MOST)
    asked = timedelta(seconds=max(0, retry_after_s or 0))
    return min(max(own, asked), LONGEST_PAUSE)
