"""The levels that our own record proposes, each with the number and the evidence. Pure.

What was gained and whether it was done for profit stands in no record of ours: nothing is proposed for these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from haetae.law.sanctioning.facts import Bound, Factor, Level


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What stands in our record about one operator, counted; `evidence` holds ids of requests and events by what for.

    `gone` are those that our own probes saw gone; `still_there` those that were seen after a claim, or came back.
    `daily_users` is None where nobody has told us.
    """

    asked: int = 0
    gone: int = 0
    still_there: int = 0
    minors: int = 0
    daily_users: int | None = None
    evidence: Mapping[Factor, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """`number` is what was counted, in the unit of the bound; `by_minors` where a minor alone makes it high."""

    factor: Factor
    level: Level
    number: int
    evidence: tuple[str, ...]
    by_minors: bool = False


def proposed(seen: Seen, bounds: Mapping[Factor, Bound]) -> dict[Factor, Proposed]:
    """Nothing at all where nothing was asked: without evidence nothing is proposed."""
    if not seen.asked:
        return {}
    counted = {
        Factor.REQUESTS: seen.asked,
        Factor.RECOVERY: 100 * (seen.asked - seen.gone) // seen.asked,
        Factor.HARM: seen.still_there,
        Factor.SCALE: seen.daily_users,
    }
    found = {}
    for factor, number in counted.items():
        if number is None or factor not in bounds:
            continue
        by_minors = factor is Factor.HARM and seen.minors > 0
        found[factor] = Proposed(
            factor=factor,
            level=Level.HIGH if by_minors else bounds[factor].level(number),
            number=seen.minors if by_minors else number,
            evidence=seen.evidence.get(factor, ()),
            by_minors=by_minors,
        )
    return found
