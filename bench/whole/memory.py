"""Memory of a family of processes, as the system counts it, and how fast it grows."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import median

import psutil

_KIB = 1_024


@dataclass(frozen=True, kw_only=True)
class Memory:
    """MiB of one process and all below it.

    `rss` counts what is shared once for each process, `pss` its share of it, `own` nothing of it: what grows in
    `own` is a leak, what grows in `rss` of a database server is mostly its shared buffers filling up.
    """

    rss: float
    pss: float
    own: float
    processes: int


def memory_of(process_id: int) -> Memory:
    """Raises psutil.NoSuchProcess where the first of them has ended."""
    first = psutil.Process(process_id)
    rss = pss = own = 0
    counted = 0
    for process in (first, *first.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            full = process.memory_full_info()
            rss, pss, own, counted = rss + full.rss, pss + full.pss, own + full.uss, counted + 1
    return Memory(
        **{name: round(size / _KIB**2, 3) for name, size in (("rss", rss), ("pss", pss), ("own", own))},
        processes=counted,
    )


@dataclass(frozen=True, kw_only=True)
class Slope:
    """Growth for one unit of when: the median over all pairs of points, and between what it lies with 95 %."""

    median: float
    low: float
    high: float


def slope(points: Sequence[tuple[float, float]]) -> Slope:
    """Theil and Sen's estimate, with Sen's interval (1968): one step up that stays is no growth, a ramp is one.

    The points of one process lean on each other, so the true uncertainty is larger than this interval.
    Raises ValueError for less than four points.
    """
    if len(points) < 4:
        raise ValueError("A slope with an interval needs at least four points; measure for longer.")
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    count = len(points)
    # Of Kendall's S, without ties; 1.96 of its standard deviations to both sides.
    spread = 1.96 * sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low, high = ((len(slopes) + sign * spread) / 2 for sign in (-1, 1))
    return Slope(
        median=median(slopes),
        low=slopes[max(0, round(low) - 1)],
        high=slopes[min(len(slopes) - 1, round(high))],
    )
