"""The second family: 256 signs of brightness steps. It errs elsewhere than PDQ; both agreeing means more."""

from functools import lru_cache
from typing import Final

import numpy as np

from haetae.detect.hashing.separable import Luma, Taps, shrink

STEPS: Final = 16
LEAST_STEP: Final = 1.0  # gray; below it a plain area would fill the hash with the noise of the encoder


def dhash(luma: Luma) -> str:
    """Hash a gray picture (H x W) to 64 hex digits, row by row, first step in the highest bit.

    The picture is averaged over 16 x 17 equal areas; a bit is set where the next area is
    brighter by more than one gray step.
    """
    height, width = luma.shape
    areas = shrink(luma, rows=_areas(height, STEPS), columns=_areas(width, STEPS + 1))
    return np.packbits(np.diff(areas, axis=1) > LEAST_STEP).tobytes().hex()


@lru_cache(maxsize=128)
def _areas(length: int, parts: int) -> tuple[Taps, ...]:
    """Equal parts of a line of pixels; a pixel on a boundary counts for the share that lies inside."""

    def area(part: int) -> Taps:
        start, stop = part * length / parts, (part + 1) * length / parts
        pixels = np.arange(int(start), min(length, int(np.ceil(stop))))
        overlap = np.minimum(stop, pixels + 1) - np.maximum(start, pixels)
        return Taps(start=int(start), weights=(overlap / overlap.sum()).astype(np.float32))

    return tuple(area(part) for part in range(parts))
