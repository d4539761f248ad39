"""Memory of a family of processes, as the system counts it, and how fast it grows."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import sqrt

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


def slope(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """By least squares over (when, how much): growth for one unit of when, and its standard error.

    The points of one process lean on each other, so the true uncertainty is larger than this error.
    Raises ValueError for less than three points.
    """
    if len(points) < 3:
        raise ValueError("A slope with an error needs at least three points; measure for longer.")
    mean_x, mean_y = (sum(point[at] for point in points) / len(points) for at in (0, 1))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    steep = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - steep * (x - mean_x)) ** 2 for x, y in points)
    return steep, sqrt(left / (len(points) - 2) / spread)
