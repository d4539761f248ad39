"""One sum, and the parts it is the sum of, without what is a few people and what would tell it. Pure.

The sum is published beside its parts, so a single hidden part would be the rest. Whoever reads knows this code too: so
what is hidden besides is chosen by the order of the rows, which everybody knows, and not by how large a number is. Two
rules keep the last doors shut: where everything that is not nothing would be hidden, nothing is said of any part; and
nothing is said either where what is hidden could only be the smallest it may be. docs/statistics.md has the proof.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from haetae.agencies.statistics.hiding import FEWEST

OTHERS: Final = "others"

Part = tuple[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Before:
    """What was shown of a sum and of its parts in an earlier publication of the same month. None: it was hidden."""

    total: int | None
    parts: Mapping[str, int | None] | None


def is_few(count: int) -> bool:
    """Nothing is nobody, and is shown."""
    return 0 < count < FEWEST


def would_tell(now: int, before: int | None) -> bool:
    """Beside what was shown before: hidden then, or so little different that the difference is a few people."""
    return before is None or is_few(abs(now - before))


def shown_total(total: int, earlier: Sequence[Before] = ()) -> int | None:
    """The sum, or None where it is hidden, and every part of it with it."""
    hide = is_few(total) or any(would_tell(total, one.total) for one in earlier)
    return None if hide else total


def shown_parts(
    parts: Mapping[str, int],
    *,
    besides: int = 1,
    apart: AbstractSet[str] = frozenset(),
    earlier: Sequence[Before] = (),
) -> tuple[Part, ...] | None:
    """The parts in their own order, None where one is hidden; None for all where hiding some is not enough.

    Their sum is shown. `besides` so many that are not few are hidden with those that are: two where whoever is a row
    knows its own number. `apart` names rows that are hidden whatever they are.
    """
    if any(one.parts is None for one in earlier):
        return None
    few = {key for key, count in parts.items() if is_few(count)}
    told = {key for key, count in parts.items() if any(would_tell(count, _part(one, key)) for one in earlier)}
    first = few | told | (apart & parts.keys())
    if not first:
        return tuple(parts.items())
    many = [key for key in _in_turn(parts) if key not in first and parts[key] >= FEWEST]
    hidden = first | set(many[:besides])
    least = {key: 1 if key in few else 0 if key in first else FEWEST for key in hidden}
    enough = len(many) > besides and _could_be_otherwise(parts, least, besides=besides)
    return tuple((key, None if key in hidden else count) for key, count in parts.items()) if enough else None


def _part(before: Before, key: str) -> int | None:
    return (before.parts or {}).get(key, 0)


def _in_turn(parts: Mapping[str, int]) -> Sequence[str]:
    """First what has no name of its own, then as they stand."""
    return sorted(parts, key=lambda key: key != OTHERS)


def _could_be_otherwise(parts: Mapping[str, int], least: Mapping[str, int], *, besides: int) -> bool:
    """Whether the hidden ones are more together than the least they can be, also without one that is known."""
    known: Collection[str | None] = [None] if besides == 1 else [None, *least]
    return all(sum(parts[key] - least[key] for key in least if key != one) > 0 for one in known)
