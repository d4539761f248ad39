"""Hashes that crowd a bucket: they are put side by side, so that looking at all of them is one quick sweep.

Whoever may list hashes can list a hundred thousand that share a bucket, spread among the others. Picking these out
of memory one by one costs some twenty times as much as passing them in a sweep.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.index.layout import Layout

Numbers = NDArray[np.uint32]
# Random hashes never come near this: they fill buckets evenly, with three at most on average.
_CROWD_LEAST: Final = 32
_TIMES_THE_MEAN: Final = 8


def crowds_last(layout: Layout, offsets: Numbers, rows: Numbers) -> tuple[NDArray[np.int64], int]:
    """An order of all rows in which those of crowded buckets come last, bucket after bucket, and where these begin."""
    most = _CROWD_LEAST + _TIMES_THE_MEAN * (rows.shape[1] >> min(layout.widths))
    crowd_of = np.zeros(rows.shape[1], dtype=np.int64)
    crowds = 0
    for begin, end, of_piece in zip(layout.tables[:-1], layout.tables[1:], rows, strict=True):
        table = offsets[begin:end]
        for bucket in np.flatnonzero(table[1:] - table[:-1] > most):
            crowds += 1
            members = of_piece[table[bucket] : table[bucket + 1]]
            crowd_of[members[crowd_of[members] == 0]] = crowds
    ordinary, crowded = np.flatnonzero(crowd_of == 0), np.flatnonzero(crowd_of)
    order = np.concatenate([ordinary, crowded[np.argsort(crowd_of[crowded], kind="stable")]])
    return order, len(ordinary)
