"""How often two agree, beside how often chance alone would have it; and shares with their doubt. Pure.

Figures for a question, never for a sanction: two who judge well agree as well.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from haetae.common.shares import interval_of

# Of fewer no share is told: three of four is no 75 %.
ENOUGH: Final = 20


@dataclass(frozen=True, kw_only=True)
class Share:
    """`count` of `of`; `low` and `high` are its 95 % interval (Wilson, 1927), None where `of` is too small to tell."""

    count: int
    of: int
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What two said about the same things. `chance`: the share in which they would agree if neither knew of the other.

    `kappa` is (agreed - chance) / (1 - chance) (Cohen, 1960): 0 is what chance gives, 1 is always. `low` and `high` are
    what it is at both ends of the share's interval, with `chance` held fast as in Cohen's standard error, which itself
    is 0 where two always agree, and so says nothing about just those. All are None where too little was judged, or
    where both always said one and the same, so that nothing tells agreement from habit.
    """

    agreed: Share
    chance: float | None
    kappa: float | None
    low: float | None
    high: float | None


def share(count: int, of: int) -> Share:
    if of < ENOUGH:
        return Share(count=count, of=of, low=None, high=None)
    low, high = interval_of(count, of=of)
    return Share(count=count, of=of, low=low, high=high)


def agreement(said: Sequence[tuple[str, str]]) -> Agreement:
    """Of what the first and the second of a pair said, thing by thing."""
    agreed = share(sum(one == other for one, other in said), len(said))
    if agreed.low is None or agreed.high is None:
        return Agreement(agreed=agreed, chance=None, kappa=None, low=None, high=None)
    first, second = Counter(one for one, _ in said), Counter(other for _, other in said)
    chance = sum(first[word] * second[word] for word in first) / len(said) ** 2
    if chance == 1:
        return Agreement(agreed=agreed, chance=chance, kappa=None, low=None, high=None)
    kappa, low, high = (
        (part - chance) / (1 - chance) for part in (agreed.count / agreed.of, agreed.low, agreed.high)
    )
    return Agreement(agreed=agreed, chance=chance, kappa=kappa, low=low, high=high)
