"""The record of one operator, and what in it stands out. Pure: codes that pages word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from haetae.flow.removal.numbers.figures import ENOUGH, Figures

_MANY_PERCENT: Final = 20


class Kind(StrEnum):
    """What there is evidence of. Each but OUTAGE is counted in requests; each has the events that prove it."""

    ASKED = "asked"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLAIM_FALSE = "claim_false"
    REFUSED = "refused"
    UNSURE = "unsure"
    IGNORED = "ignored"  # decided by the commission, and not followed
    OVERDUE = "overdue"
    REAPPEARED = "reappeared"
    OUTAGE = "outage"  # our own check before publication gave no answer: a fact, and nobody's fault but ours


class Finding(StrEnum):
    """What stands out most, the gravest first."""

    IGNORES = "ignores"
    CLAIMS_FALSELY = "claims_falsely"
    LEAVES_WAITING = "leaves_waiting"
    COMES_BACK = "comes_back"
    REFUSES = "refuses"
    NOTHING = "nothing"
    TOO_FEW = "too_few"


@dataclass(frozen=True, kw_only=True)
class Outages:
    """Times in which our check gave this operator no answer; `open_for` is how long it published unchecked."""

    count: int = 0
    open_for: timedelta = timedelta()
    unanswered: int = 0


@dataclass(frozen=True, kw_only=True)
class Record:
    """Requests made from `since` on and before `until`, whatever became of them later."""

    operator_id: UUID
    since: datetime
    until: datetime
    figures: Figures
    outages: Outages

    @property
    def false_percent(self) -> int | None:
        """Of the claims, how many our own eyes proved false; None while nothing was claimed."""
        return percent(self.figures.false_claims, self.figures.claimed)

    @property
    def finding(self) -> Finding:
        return finding(self.figures)

    def count(self, kind: Kind) -> int:
        """How much evidence there is of it."""
        return {
            Kind.ASKED: self.figures.asked,
            Kind.CLAIMED: self.figures.claimed,
            Kind.VERIFIED: self.figures.verified,
            Kind.CLAIM_FALSE: self.figures.false_claims,
            Kind.REFUSED: self.figures.refused,
            Kind.UNSURE: self.figures.unsure,
            Kind.IGNORED: self.figures.ignored,
            Kind.OVERDUE: self.figures.overdue,
            Kind.REAPPEARED: self.figures.reappeared,
            Kind.OUTAGE: self.outages.count,
        }[kind]


def finding(figures: Figures) -> Finding:
    """A decision that is not followed stands out at once; everything else only where it is not of a few cases."""
    if figures.ignored:
        return Finding.IGNORES
    if figures.asked < ENOUGH:
        return Finding.TOO_FEW
    shares = (
        (Finding.CLAIMS_FALSELY, figures.false_claims, figures.claimed),
        (Finding.LEAVES_WAITING, figures.overdue, figures.asked),
        (Finding.COMES_BACK, figures.reappeared, figures.verified),
        (Finding.REFUSES, figures.refused, figures.asked),
    )
    for code, count, of in shares:
        if (percent(count, of) or 0) >= _MANY_PERCENT:
            return code
    return Finding.NOTHING


def worst_first(record: Record) -> tuple[int, int, int, int]:
    """Sorts records: by what stands out, then by how many decisions, claims and terms were not kept."""
    figures = record.figures
    return (list(Finding).index(record.finding), -figures.ignored, -figures.false_claims, -figures.overdue)


def percent(count: int, of: int) -> int | None:
    return round(100 * count / of) if of else None
