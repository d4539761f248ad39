"""How often a program is wrong about harmless photographs. What it should find is kept by nobody: recall is unknown.

What it names besides, faces for one, is the control that it sees anything at all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from haetae.detect.classifying.assessing import SMALLEST_SIDE_PX
from haetae.detect.classifying.card import ModelCard
from haetae.detect.classifying.measures import upper_bound
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.outside.protocol import Found
from haetae.detect.classifying.running import NotAssessed, Pixels
from haetae.detect.classifying.sets import is_named

SCORES: Final = (0.25, 0.5, 0.7)


@dataclass(frozen=True, kw_only=True)
class Look:
    """At one photograph: what was found, and from what probability on it would be flagged."""

    probability: float
    found: tuple[Found, ...]


def look(program: Program, pixels: Pixels) -> Look | NotAssessed:
    """As in use: what is too small is not shown."""
    if min(pixels.shape[:2]) < SMALLEST_SIDE_PX:
        return NotAssessed.TOO_SMALL
    found = program.look(pixels)
    if isinstance(found, NotAssessed):
        return found
    return Look(probability=program.probability_of(found), found=found)


def report(
    looks: Mapping[str, Sequence[Look | NotAssessed]], card: ModelCard, *, at: Sequence[float] = SCORES
) -> dict[str, Any]:
    """Shares of the photographs of each source that were assessed; `evaluation` is what may stand in the card.

    Photographs that lie in no source's folder are under the empty name. Raises ValueError where none was assessed.
    """
    sources = sorted(name for name in looks if name)
    every = [one for part in looks.values() for one in part]
    assessed = _assessed(every)
    if not assessed:
        raise ValueError("no photograph was assessed")
    why_not = why_not_cross_source(card, sources)
    limits = [_limit(assessed, value) for value in at]
    by_source = {
        name: [_limit(seen, value) for value in at]
        for name, part in looks.items()
        if (seen := _assessed(part))
    }
    return {
        "n": len(assessed),
        "not_assessed": dict(Counter(one.value for one in every if isinstance(one, NotAssessed))),
        "cross_source": why_not is None,
        "why_not_cross_source": why_not,
        "at": limits,
        "classes": {f"{value:g}": _named_from(assessed, value) for value in at},
        "by_source": by_source,
        "evaluation": [
            {
                "measured_on": f"{len(assessed)} harmless photographs of {', '.join(sources) or 'one source'}",
                "cross_source": why_not is None,
                "real": len(assessed),
                "fake": 0,
                "figures": _figures(limits, by_source),
            }
        ],
    }


def _figures(
    limits: Sequence[dict[str, float]], by_source: Mapping[str, Sequence[dict[str, float]]]
) -> dict[str, float]:
    """Of all photographs, and of the source that fares worst: many easy ones beside it would hide it."""
    figures = {f"{name}_from_{one['from']:g}": one[name] for one in limits for name in ("fpr", "fpr_upper")}
    for place, limit in enumerate(limits):
        worst = max((part[place] for part in by_source.values()), key=lambda one: one["fpr"])
        figures[f"fpr_of_the_worst_source_from_{limit['from']:g}"] = worst["fpr"]
        figures[f"fpr_upper_of_the_worst_source_from_{limit['from']:g}"] = worst["fpr_upper"]
    return figures


def _assessed(looks: Sequence[Look | NotAssessed]) -> list[Look]:
    return [one for one in looks if isinstance(one, Look)]


def why_not_cross_source(card: ModelCard, sources: Sequence[str]) -> str | None:
    """None where at least two sources were looked at, and the training names none of them. Names are believed."""
    if used := [name for name in sources if is_named(name, card.training_data)]:
        return f"the model was trained on {', '.join(used)}"
    if len(sources) < 2:
        return (
            "all photographs come from one source; put those of each source into a folder that has its name"
        )
    return None


def _limit(assessed: Sequence[Look], value: float) -> dict[str, float]:
    wrong = sum(one.probability >= value for one in assessed)
    n = len(assessed)
    return {
        "from": value,
        "n": n,
        "wrong": wrong,
        "fpr": round(wrong / n, 6),
        "fpr_upper": round(upper_bound(wrong, n), 6),
    }


def _named_from(assessed: Sequence[Look], value: float) -> dict[str, int]:
    """In how many photographs each class was named."""
    seen = Counter(
        name for one in assessed for name in {each.name for each in one.found if each.score >= value}
    )
    return dict(sorted(seen.items()))
