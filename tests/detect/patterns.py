"""Made pictures: every one follows from its size and its seed, so that a table of facts can name it."""

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]


def waves(*, height: int, width: int, seed: int) -> Luma:
    """A dozen overlaid waves of long and short length: smooth, full of structure, like a landscape."""
    random = np.random.default_rng(seed)
    down = np.linspace(0, 1, height)[:, None]
    across = np.linspace(0, 1, width)[None, :]
    picture = np.zeros((height, width))
    for order in range(1, 13):
        turns_down, turns_across = random.uniform(-order, order, 2)
        picture += np.sin(2 * np.pi * (turns_down * down + turns_across * across + random.uniform())) / order
    picture -= picture.min()
    return np.rint(255 * picture / picture.max()).astype(np.uint8)


def blocks(*, height: int, width: int, seed: int) -> Luma:
    """Forty overlapping rectangles of plain grays: hard edges everywhere."""
    random = np.random.default_rng(seed)
    picture = np.full((height, width), 128, dtype=np.uint8)
    for _ in range(40):
        top, bottom = sorted(random.integers(0, height + 1, 2))
        left, right = sorted(random.integers(0, width + 1, 2))
        picture[top:bottom, left:right] = random.integers(0, 256)
    return picture


def noise(*, height: int, width: int, seed: int) -> Luma:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
