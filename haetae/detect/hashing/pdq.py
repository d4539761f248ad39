"""PDQ, the perceptual hash that hash lists exchange, in plain numpy.

Source of the algorithm: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Facebook
2019. Its two box blurs in each direction and the sampling afterwards are linear and separable, so only the 64
rows and 64 columns that are kept need to be computed. tests/detect/test_pdq.py compares with Meta's code.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from haetae.detect.hashing.separable import Luma, Plane, Taps, shrink

SIDE: Final = 64
FREQUENCIES: Final = 16
SMALLEST_SIDE_PX: Final = 5
QUALITY_TO_MATCH: Final = 50


@dataclass(frozen=True)
class Pdq:
    """256 bits as 64 hex digits, highest bit first, and the quality 0..100: how much there was to hash."""

    bits: str
    quality: int


def pdq(luma: Luma) -> Pdq:
    """Hash a gray picture (H x W). A picture with a side below 5 pixels has no hash: all zero, quality 0."""
    height, width = luma.shape
    if min(height, width) < SMALLEST_SIDE_PX:
        return Pdq(bits="0" * 64, quality=0)
    block = shrink(luma, rows=_tents(height), columns=_tents(width))
    return Pdq(bits=_bits(_low_frequencies(block)), quality=_quality(block))


@lru_cache(maxsize=128)
def _tents(length: int) -> tuple[Taps, ...]:
    """Two box means over ceil(length / 128) pixels, seen only at the 64 places that are sampled."""
    window = -(-length // (2 * SIDE))
    reach_right = window // 2
    reach_left = window - 1 - reach_right

    def box(centre: int) -> range:
        return range(max(0, centre - reach_left), min(length, centre + reach_right + 1))

    def tent(centre: int) -> Taps:
        outer = box(centre)
        start, stop = box(outer[0]).start, box(outer[-1]).stop
        weights = np.zeros(stop - start, dtype=np.float64)
        for middle in outer:
            inner = box(middle)
            weights[inner.start - start : inner.stop - start] += 1 / (len(outer) * len(inner))
        return Taps(start=start, weights=weights.astype(np.float32))

    return tuple(tent((2 * place + 1) * length // (2 * SIDE)) for place in range(SIDE))


def _cosines() -> Plane:
    """Rows 1..16 of the cosine transform of length 64 (16 x 64); row 0 is only mean brightness."""
    frequency = np.arange(1, FREQUENCIES + 1)[:, None]
    place = np.arange(SIDE)[None, :]
    wave = np.cos(np.pi / (2 * SIDE) * frequency * (2 * place + 1))
    cosines: Plane = (np.sqrt(2 / SIDE) * wave).astype(np.float32)
    return cosines


_COSINES: Final = _cosines()


def _low_frequencies(block: Plane) -> Plane:
    return np.asarray(_COSINES @ block @ _COSINES.T, dtype=np.float32)


def _bits(frequencies: Plane) -> str:
    """Set bit 16 i + j where frequency (i, j) lies above the lower median; bit 255 is written first."""
    flat = frequencies.ravel()
    lower_median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return np.packbits((flat > lower_median)[::-1]).tobytes().hex()


def _quality(block: Plane) -> int:
    """Sum of the steps between neighbours, in whole percent of the brightness range, over 90, at most 100."""
    steps = (np.diff(block, axis=0), np.diff(block, axis=1))
    percent = sum(int(np.abs(np.trunc(step * np.float32(100) / np.float32(255))).sum()) for step in steps)
    return min(100, percent // 90)
