"""The figures of one operator, and what in them must not be overlooked. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

# From here on a difference between two bases is no accident of few cases, and has to be seen.
ENOUGH: Final = 5
APART_PERCENT: Final = 30


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Requests of one group. Empty `basis` and `channel`: over all of them. `by_decision`: they carry a decision.

    `answered` said more than that it arrived; `claimed` to `overdue` count requests of which that was ever said or
    seen, so one request may stand in several; `ignored` carry a decision and were refused, claimed falsely or left too
    long; `running` is still awaited. The times are None where there were none.
    """

    operator_id: UUID
    basis: str = ""
    by_decision: bool = False
    channel: str = ""
    asked: int = 0
    running: int = 0
    answered: int = 0
    claimed: int = 0
    verified: int = 0
    refused: int = 0
    unsure: int = 0
    hidden: int = 0
    false_claims: int = 0
    reappeared: int = 0
    overdue: int = 0
    ignored: int = 0
    answer_median: timedelta | None = None
    answer_p90: timedelta | None = None
    removal_median: timedelta | None = None
    removal_p90: timedelta | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Those whose time is up or whose answer is there: what is still awaited speaks neither for nor against."""
        return self.asked - self.running

    @property
    def removed_percent(self) -> int | None:
        """Verified by our own eyes, of those that are settled; None while nothing is."""
        return round(100 * self.verified / self.settled) if self.settled else None


@dataclass(frozen=True, kw_only=True)
class Apart:
    """An operator removes much of what is asked on one ground and little of what is asked on another."""

    more: Figures
    less: Figures


def apart(groups: Iterable[Figures]) -> Apart | None:
    """The two bases of one operator that lie furthest apart, where that is far and not of a few cases."""
    enough = [one for one in groups if one.basis and one.settled >= ENOUGH]
    ranked: Sequence[Figures] = sorted(enough, key=lambda one: one.removed_percent or 0)
    if len(ranked) < 2:
        return None
    less, more = ranked[0], ranked[-1]
    far = (more.removed_percent or 0) - (less.removed_percent or 0) >= APART_PERCENT
    return Apart(more=more, less=less) if far else None
