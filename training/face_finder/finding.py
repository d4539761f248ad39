"""From what the network says of cells to faces, and how many of them are the right ones."""

import numpy as np
from numpy.typing import NDArray

from training.face_finder.network import STRIDE


def found(
    logits: NDArray[np.float32], where: NDArray[np.float32], *, least: float
) -> list[tuple[float, float, float, float, float]]:
    """x, y, width, height and probability of each face, the surest first; those that overlap count once."""
    probability = 1 / (1 + np.exp(-logits[0]))
    rows, columns = np.nonzero(probability >= least)
    candidates = []
    for row, column in zip(rows, columns, strict=True):
        dx, dy, log_width, log_height = where[:, row, column]
        width, height = np.exp(min(log_width, 6)) * STRIDE, np.exp(min(log_height, 6)) * STRIDE
        x, y = (column + 0.5 + dx) * STRIDE - width / 2, (row + 0.5 + dy) * STRIDE - height / 2
        candidates.append((float(x), float(y), float(width), float(height), float(probability[row, column])))
    kept: list[tuple[float, float, float, float, float]] = []
    for one in sorted(candidates, key=lambda face: -face[4]):
        if all(overlap(one[:4], other[:4]) < 0.4 for other in kept):
            kept.append(one)
    return kept


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Intersection over union."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / (a[2] * a[3] + b[2] * b[3] - both)
