"""From what was counted to what is told, and whether the aims are met. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from bench.operators.outcome import Series
from bench.timing import percentile

SLOWER_AT_MOST: Final = 1.2
# Of fewer a p95 is one or two requests, and says nothing of the others.
ENOUGH: Final = 100
_PERCENTS: Final = (50, 95, 99)


def compared(beside: Sequence[float], alone: Sequence[float]) -> dict[str, Any]:
    """Ratios first; then seconds from requested to acknowledged at those who behave."""
    ratios = {
        f"p{percent}": round(percentile(beside, percent) / percentile(alone, percent), 3)
        for percent in _PERCENTS
    }
    return {
        "ratio": ratios,
        "is_judged": is_judged(beside, alone),
        "beside_those_who_misbehave_s": _spread(beside),
        "without_them_s": _spread(alone),
    }


def why_not(*, beside: Sequence[Series], alone: Sequence[Series]) -> list[str]:
    """Every aim that was missed, as a sentence; empty when all are met."""
    both = [*beside, *alone]
    lost = [what for one in both for what in (*one.not_reached, *one.forgotten)]
    doubled = [what for one in both for what in one.doubles]
    missed = []
    if lost:
        missed.append(f"{len(lost)} requests were lost, the first of them {lost[0]}.")
    if doubled:
        missed.append(f"{len(doubled)} messages were doubled or astray, the first of them: {doubled[0]}.")
    measured = [[taken for one in kind for taken in one.well_s] for kind in (beside, alone)]
    if not all(measured):
        return [*missed, "Nothing was acknowledged by the operators that behave: there is no ratio."]
    ratio = compared(*measured)["ratio"]["p95"]
    if ratio > SLOWER_AT_MOST and is_judged(*measured):
        missed.append(
            f"Operators that misbehave slow the others down: p95 is {ratio} times that without them,"
            f" and may be {SLOWER_AT_MOST} times."
        )
    return missed


def is_judged(*measured: Sequence[float]) -> bool:
    """Whether there are enough of each kind for their ratio to be held against the aim."""
    return min(len(one) for one in measured) >= ENOUGH


def _spread(taken_s: Sequence[float]) -> dict[str, float]:
    return {f"p{percent}": round(percentile(taken_s, percent), 3) for percent in _PERCENTS} | {
        "largest": round(max(taken_s), 3)
    }


def told(series: Sequence[Series]) -> dict[str, Any]:
    """The rest of what was counted: losses, doubles, attempts, and what it cost, in all and for each round's p95."""
    asked = sum(one.asked for one in series)
    processes = sorted({name for one in series for name in one.used_s})
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in series:
        for name, states in one.outcomes.items():
            outcomes[name].update(states)
    return {
        "requests": asked,
        "to_those_who_behave": sum(one.well for one in series),
        "acknowledged_by_those_who_behave": sum(len(one.well_s) for one in series),
        "lost": sum(len(one.not_reached) + len(one.forgotten) for one in series),
        "doubled": sum(len(one.doubles) for one in series),
        "attempts": sum(one.attempts for one in series),
        "p95_of_each_round_s": [round(percentile(one.well_s, 95), 3) for one in series if one.well_s],
        "asked_late_by_s": round(max(one.latest_start_s for one in series), 2),
        "processor_ms_per_request": {
            name: round(1000 * sum(one.used_s.get(name, 0.0) for one in series) / asked, 1)
            for name in processes
        },
        "jobs_per_request": round(sum(one.counted["jobs"] for one in series) / asked, 1),
        "transactions_per_request": round(sum(one.counted["transactions"] for one in series) / asked, 1),
        "cores_busy": _share(series, [sum(one.used_s.values()) for one in series]),
        "cores_busy_with_others": _share(series, [one.others_s for one in series]),
        "outcomes": {name: dict(states) for name, states in sorted(outcomes.items())},
    }


def _share(series: Sequence[Series], seconds: Sequence[float]) -> float:
    return round(sum(seconds) / sum(one.wall_s for one in series), 2)
