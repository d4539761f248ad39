"""PDQ, the perceptual hash that hash lists exchange, as a sparse linear map.

Source of the algorithm: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Facebook
2019. Its two box blurs in each direction and the sampling afterwards are linear and separable, so only the 64
rows and 64 columns that are kept need to be computed. tests/detect/test_pdq.py compares with Meta's code.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from haetae.detect.finding import Turn
from haetae.detect.hashing.separable import Luma, Plane, Taps, taps
from haetae.detect.hashing.turns import WAYS, Way

SIDE: Final = 64
FREQUENCIES: Final = 16
SMALLEST_SIDE_PX: Final = 5
QUALITY_TO_MATCH: Final = 50
# Meta's C++ tools pick 512 x 512 pixels (the nearest to the left and above) out of anything larger before they
# hash; its Python and this module hash the whole. Source: pdq/cpp/io/pdqio.cpp and the CImg that it comes with.
SMALL_SIDE_PX: Final = 512
_NOTHING: Final = "0" * 64


@dataclass(frozen=True)
class Pdq:
    """256 bits as 64 hex digits, highest bit first, and the quality 0..100: how much there was to hash."""

    bits: str
    quality: int


@dataclass(frozen=True)
class TurnedPdq:
    """The hash of each of the eight turns of one picture; they share their quality."""

    bits: dict[Turn, str]
    quality: int


def pdq(luma: Luma) -> Pdq:
    """Hash a gray picture (H x W). A picture with a side below 5 pixels has no hash: all zero, quality 0."""
    hashed = pdq_of_turns(luma, turns=(Turn.UPRIGHT,))
    return Pdq(bits=hashed.bits[Turn.UPRIGHT], quality=hashed.quality)


def pdq_of_turns(luma: Luma, *, turns: tuple[Turn, ...] = tuple(Turn), gain: float = 1.0) -> TurnedPdq:
    """Hash a gray picture (H x W) as it would be hashed in each of these turns, to the bit.

    `gain` is what brightness is multiplied with first (Frame.gain): only the quality depends on it.

    Turning only the frequencies would be cheaper and misses fine textures (the gravel of the story): a window of
    even length has no middle, so a picture that runs backwards is sampled elsewhere. Hence each line is shrunk
    forwards and backwards in one pass; rows and columns changing places changes no sample.
    """
    from haetae.detect.hashing.kernels import bits_kernel, quality_kernel, shrunk

    height, width = luma.shape
    if min(height, width) < SMALLEST_SIDE_PX:
        return TurnedPdq(bits=dict.fromkeys(turns, _NOTHING), quality=0)
    runs = {_run_of(WAYS[turn]) for turn in turns}
    down = _tents_both_ways(height) if any(rows_back for rows_back, _ in runs) else _tents(height)
    across = _tents_both_ways(width) if any(columns_back for _, columns_back in runs) else _tents(width)
    blocks = shrunk(luma, down=down, across=across)
    if gain != 1.0:
        blocks *= np.float32(gain)
    quality = min(100, int(quality_kernel(np.ascontiguousarray(blocks[:SIDE, :SIDE]))) // 90)
    found = bits_kernel(blocks, _COSINES)
    bits = {}
    for turn in turns:
        rows_back, columns_back = _run_of(WAYS[turn])
        block = rows_back * (blocks.shape[1] // SIDE) + columns_back
        bits[turn] = found[2 * block + WAYS[turn].swapped].tobytes().hex()
    return TurnedPdq(bits=bits, quality=quality)


def _run_of(way: Way) -> tuple[bool, bool]:
    """Whether the rows, and whether the columns, of the picture as it lies are read backwards."""
    return (way.columns_back, way.rows_back) if way.swapped else (way.rows_back, way.columns_back)


def small(luma: Luma) -> Luma | None:
    """The 512 x 512 pixels that Meta's C++ tools hash instead; None where they too hash the whole picture."""
    if max(luma.shape) <= SMALL_SIDE_PX:
        return None
    from haetae.detect.hashing.kernels import pick_kernel

    picked: Luma = pick_kernel(np.ascontiguousarray(luma), SMALL_SIDE_PX)
    return picked


@lru_cache(maxsize=256)
def _tents(length: int) -> Taps:
    """Two box means over ceil(length / 128) pixels, seen only at the 64 places that are sampled."""
    window = -(-length // (2 * SIDE))
    reach_right = window // 2
    reach_left = window - 1 - reach_right

    def box(centre: int) -> range:
        return range(max(0, centre - reach_left), min(length, centre + reach_right + 1))

    def tent(centre: int) -> tuple[int, Plane]:
        outer = box(centre)
        start, stop = box(outer[0]).start, box(outer[-1]).stop
        weights = np.zeros(stop - start, dtype=np.float64)
        for middle in outer:
            inner = box(middle)
            weights[inner.start - start : inner.stop - start] += 1 / (len(outer) * len(inner))
        return start, weights.astype(np.float32)

    return taps([tent((2 * place + 1) * length // (2 * SIDE)) for place in range(SIDE)])


@lru_cache(maxsize=256)
def _tents_both_ways(length: int) -> Taps:
    """The tents of the line, and behind them those of the same line read backwards."""
    forwards = _tents(length)
    backwards = [
        (length - int(first) - int(count), weights[:count][::-1])
        for first, count, weights in zip(forwards.first, forwards.count, forwards.weights, strict=True)
    ]
    own = zip(forwards.first, forwards.count, forwards.weights, strict=True)
    return taps([*((int(first), weights[:count]) for first, count, weights in own), *backwards])


def _cosines() -> Plane:
    """Rows 1..16 of the cosine transform of length 64 (16 x 64); row 0 is only mean brightness."""
    frequency = np.arange(1, FREQUENCIES + 1)[:, None]
    place = np.arange(SIDE)[None, :]
    wave = np.cos(np.pi / (2 * SIDE) * frequency * (2 * place + 1))
    cosines: Plane = np.ascontiguousarray(np.sqrt(2 / SIDE) * wave, dtype=np.float32)
    return cosines


_COSINES: Final = _cosines()
