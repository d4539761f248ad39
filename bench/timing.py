"""From moments to figures. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import ceil

# What happens to one picture, in order, and which event of the record says so. The first two are the uploader's.
POSTED, ACCEPTED = "posted", "accepted"
BY_EVENT = {
    "found": "arrival.found",
    "examined": "assessment.request",
    "requested": "removal.requested",
    "claimed": "removal.claimed",
    "gone_once": "verification.gone_once",
    "gone_twice": "verification.gone",
    "verified": "removal.verified",
}
MOMENTS = (POSTED, ACCEPTED, *BY_EVENT)


@dataclass(kw_only=True)
class Course:
    """When each thing happened to one picture; what has not happened is missing."""

    moments: dict[str, datetime] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return all(moment in self.moments for moment in MOMENTS)

    @property
    def whole_s(self) -> float:
        """From the first byte of the upload to the proof. Raises KeyError where it did not come so far."""
        return self._seconds(POSTED, MOMENTS[-1])

    def legs_s(self) -> dict[str, float]:
        """Seconds of each stretch between two neighbouring moments; together they are `whole_s`."""
        return {f"{before} -> {after}": self._seconds(before, after) for before, after in pairwise(MOMENTS)}

    def _seconds(self, before: str, after: str) -> float:
        return (self.moments[after] - self.moments[before]).total_seconds()


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of 100 do not exceed (nearest rank): one that was really measured."""
    if not values:
        raise ValueError("There is no percentile of nothing; measure at least one value.")
    return sorted(values)[max(1, ceil(percent / 100 * len(values))) - 1]


def p50_p95(values: Sequence[float], *, digits: int = 3) -> dict[str, float]:
    """Both, rounded, in the unit of the values."""
    return {f"p{percent}": round(percentile(values, percent), digits) for percent in (50, 95)}


def legs(courses: Sequence[Course]) -> dict[str, dict[str, float]]:
    """p50 and p95 in seconds of each stretch. Percentiles do not add up; the means, given beside them, do."""
    stretches = [course.legs_s() for course in courses]
    return {
        name: p50_p95([one[name] for one in stretches])
        | {"mean": round(sum(one[name] for one in stretches) / len(stretches), 3)}
        for name in stretches[0]
    }


def sustained_per_s(courses: Sequence[Course]) -> float:
    """Pictures a second from the first upload to the last proof: start, pause and run-out count against us."""
    began = min(course.moments[POSTED] for course in courses)
    ended = max(course.moments[MOMENTS[-1]] for course in courses)
    return len(courses) / (ended - began).total_seconds()


def difference(after: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """What was added under each name; a name that is new began at nothing."""
    return {name: value - before.get(name, 0.0) for name, value in after.items()}
