"""What goes into a sum and what comes out of it. Pure; everything here can be written down and read back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.law.sanctioning.facts import Factor, Level, Severity

YEARS: Final = 3  # the article speaks of the average of so many
LARGEST_SUM: Final = 10**15  # won; far above any operator, and far below where readers of JSON disagree


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of the pack: `source` is the key of its source, `article` is empty for what no law says."""

    value: int
    source: str
    article: str = ""
    verified: bool


@dataclass(frozen=True, kw_only=True)
class ClassNumbers:
    """`rate` is of 10,000 parts of the average revenue."""

    severity: Severity
    from_score: int
    rate: int
    without_revenue: int
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class SurchargeNumbers:
    """Every number of the pack that a surcharge rests on, so that the sheet stays whole when the pack changes."""

    weights: dict[Factor, Number]
    points: dict[Level, Number]
    classes: tuple[ClassNumbers, ...]
    each_percent: Number
    counts_most_percent: Number
    effort_most_percent: Number
    cap_percent: Number
    cap_without_revenue: Number


@dataclass(frozen=True, kw_only=True)
class FineNumbers:
    """`limit` is the most that the article allows, `share_percent` what of it the number of earlier ones gives."""

    limit: Number
    share_percent: Number
    effort_most_percent: Number


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One factor as an official judges it, by what. `proposed` is what our own record says, where it says anything."""

    factor: Factor
    level: Level
    evidence: tuple[str, ...] = ()
    reason: str = ""
    proposed: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """Effort and co-operation: so many percent more, or less where it is below zero."""

    percent: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SurchargeFacts:
    """`revenues` are whole won of the last three years, the oldest first; none where there is none or nobody can tell.

    `earlier` counts the surcharges before this one that still stand.
    """

    revenues: tuple[int, ...]
    judged: tuple[Judged, ...]
    earlier: int
    effort: Weighed
    revenue_from: str = ""


@dataclass(frozen=True, kw_only=True)
class FineFacts:
    earlier: int
    effort: Weighed


class Line(StrEnum):
    """What a row works out."""

    FACTOR = "factor"
    SCORE = "score"
    SEVERITY = "severity"
    YEAR = "year"
    AVERAGE = "average"
    BASE = "base"
    LIMIT = "limit"
    SHARE = "share"
    EARLIER = "earlier"
    EFFORT = "effort"
    CAP = "cap"
    AMOUNT = "amount"


class Unit(StrEnum):
    POINTS = "points"
    WON = "won"


@dataclass(frozen=True, kw_only=True)
class Row:
    """`result` is `value` x `times` / `of`, cut down to a whole; without `times` it is the value itself.

    `about` says which factor, class or year. `source` is empty for a fact of the case.
    """

    line: Line
    about: str = ""
    value: int
    times: int | None = None
    of: int = 1
    result: int
    unit: Unit
    source: str = ""
    article: str = ""
    verified: bool

    @property
    def calculation(self) -> str:
        """`240,000,000 × 75 / 100`; empty for a number that is given."""
        if self.times is None:
            return ""
        over = f" / {self.of:,}" if self.of != 1 else ""
        times = f" × {self.times:,}" if self.times != 1 else ""
        return f"{self.value:,}{times}{over}"


@dataclass(frozen=True, kw_only=True)
class SurchargeCase:
    facts: SurchargeFacts
    numbers: SurchargeNumbers


@dataclass(frozen=True, kw_only=True)
class FineCase:
    facts: FineFacts
    numbers: FineNumbers


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """One sum with every line of how it came about. Exactly one of `surcharge` and `fine` is there.

    `article` is the id of the sanction in the pack, `law_version` the day up to which the pack was read.
    """

    kind: Kind
    article: str
    law: str
    law_version: str
    surcharge: SurchargeCase | None = None
    fine: FineCase | None = None
    rows: tuple[Row, ...]
    score: int | None = None
    severity: Severity | None = None
    cap: int
    amount: int

    @property
    def unchecked(self) -> tuple[Row, ...]:
        """The lines that rest on a number which nobody could check."""
        return tuple(row for row in self.rows if not row.verified)
