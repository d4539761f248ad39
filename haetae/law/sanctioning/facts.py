"""What a pack says about working out a sum. Each value carries its source, and says whether anybody could check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from haetae.law.duration import Duration
from haetae.law.facts import Cited
from haetae.law.money import Money


class Factor(StrEnum):
    """What makes a violation weigh more or less."""

    GAIN = "gain"
    HARM = "harm"
    RECOVERY = "recovery"  # the higher, the less of the harm was put right
    PROFIT_MOTIVE = "profit_motive"
    REQUESTS = "requests"
    SCALE = "scale"


class Level(StrEnum):
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Severity(StrEnum):
    VERY_SERIOUS = "very_serious"
    SERIOUS = "serious"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight(Cited):
    """`weight` is of 100 for all six together."""

    factor: Factor
    weight: int
    words_ko: str
    words_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Cited):
    """By how much a level multiplies the weight of its factor."""

    level: Level
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityClass(Cited):
    """`rate` is of 10,000 parts of the average revenue; `without_revenue` the sum where there is none."""

    severity: Severity
    from_score: int
    rate: int
    without_revenue: Money
    words_ko: str
    words_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Cited):
    """From which number on our own record proposes a level."""

    factor: Factor
    middle_from: int
    high_from: int

    def level(self, number: int) -> Level:
        if number >= self.high_from:
            return Level.HIGH
        return Level.MIDDLE if number >= self.middle_from else Level.LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierOnes(Cited):
    """Each earlier one of these years adds `each_percent`, all of them `most_percent` at most."""

    each_percent: int
    most_percent: int
    within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares(Cited):
    """Of the article's most: at the first time, the second and so on; the last of them from then on."""

    shares_percent: tuple[int, ...]
    within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort(Cited):
    """So many percent more or less, at most."""

    most_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Cited):
    """Counted from the day on which it was served."""

    pay_within: Duration
    contest_within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class SurchargeRules:
    """`classes` begin with the heaviest."""

    weights: tuple[Weight, ...]
    points: tuple[Points, ...]
    classes: tuple[SeverityClass, ...]
    bounds: Mapping[Factor, Bound]
    counts: EarlierOnes
    effort: Effort
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class FineRules:
    counts: Shares
    effort: Effort
    terms: Terms
