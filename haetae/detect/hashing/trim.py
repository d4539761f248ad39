"""Cutting off plain borders: letterboxes, the bars around a screenshot. What is inside may be known."""

from typing import Final

import numpy as np

from haetae.detect.hashing.separable import Luma

TOLERANCE: Final = 12  # gray steps; JPEG noise on a plain bar at quality 30 stays below
STRAY_SHARE: Final = (
    0.01  # of the pixels of a border line may differ: ringing beside the picture, a clock's dot
)
LARGEST_SHARE: Final = (
    0.45  # of a side that may be cut from one edge; a tall phone shows a wide picture with 37 % bars
)
SMALLEST_CUT_PX: Final = 4
SMALLEST_REST_PX: Final = 32
ROUNDS: Final = (
    3  # a letterboxed film frame inside a pillarboxed screenshot takes two, then one finds nothing more
)


def trimmed(luma: Luma) -> Luma | None:
    """Return the view (no copy) inside the plain borders, or None where there is nothing worth cutting."""
    inner = luma
    for _ in range(ROUNDS):
        before = inner.shape
        inner = _without_bars(_without_bars(inner).T).T
        if inner.shape == before:
            break
    cut = max(whole - rest for whole, rest in zip(luma.shape, inner.shape, strict=True))
    return inner if cut >= SMALLEST_CUT_PX and min(inner.shape) >= SMALLEST_REST_PX else None


def _without_bars(luma: Luma) -> Luma:
    top, bottom = _plain_lines(luma), _plain_lines(luma[::-1])
    return luma[top : len(luma) - bottom]


def _plain_lines(luma: Luma) -> int:
    """Count the lines from the top that repeat the colour of the very first one."""
    if not luma.size:
        return 0
    colour = int(np.median(luma[0]))
    low, high = max(0, colour - TOLERANCE), min(255, colour + TOLERANCE)
    strays_allowed = STRAY_SHARE * luma.shape[1]
    most = int(LARGEST_SHARE * len(luma))
    for line in range(most):
        if np.count_nonzero((luma[line] < low) | (luma[line] > high)) > strays_allowed:
            return line
    return most
