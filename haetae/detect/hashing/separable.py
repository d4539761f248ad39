"""Shrinking a picture with a separable linear map: each target line is a mean of a few source lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]
Whole = NDArray[np.int64]


_AT_ONCE: Final = 8  # numbers that a processor multiplies in one step


@dataclass(frozen=True)
class Taps:
    """For each target line the first source line, how many follow, and their weights (sum 1, zeros behind)."""

    first: Whole
    count: Whole
    weights: Plane


def taps(lines: Sequence[tuple[int, Plane]]) -> Taps:
    """`lines` holds for each target line its first source line and the weights from there on."""
    count = np.array([len(weights) for _, weights in lines], dtype=np.int64)
    padded = np.zeros((len(lines), -(-int(count.max()) // _AT_ONCE) * _AT_ONCE), dtype=np.float32)
    for row, (_, weights) in zip(padded, lines, strict=True):
        row[: len(weights)] = weights
    return Taps(first=np.array([first for first, _ in lines], dtype=np.int64), count=count, weights=padded)
