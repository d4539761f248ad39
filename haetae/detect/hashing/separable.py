"""Shrinking a picture with a separable linear map: each target line is a mean of a few source lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]


@dataclass(frozen=True)
class Taps:
    """The source lines `start`, `start + 1`, ... that flow into one target line, their weights (sum 1)."""

    start: int
    weights: Plane


def shrink(picture: Luma, *, rows: Sequence[Taps], columns: Sequence[Taps]) -> Plane:
    """Return a plane of len(rows) x len(columns). Source lines without weight are never touched."""
    narrow = _weighted(picture, taps=rows)
    return _weighted(narrow.T, taps=columns).T


def _weighted(picture: NDArray[np.uint8] | Plane, *, taps: Sequence[Taps]) -> Plane:
    lines = [
        tap.weights @ picture[tap.start : tap.start + len(tap.weights)].astype(np.float32) for tap in taps
    ]
    return np.stack(lines).astype(np.float32, copy=False)
