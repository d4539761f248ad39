"""The second family: 256 signs of brightness steps. It errs elsewhere than PDQ; both agreeing means more."""

from functools import lru_cache
from typing import Final

import numpy as np

from haetae.detect.finding import Turn
from haetae.detect.hashing.separable import Luma, Plane, Taps, taps
from haetae.detect.hashing.turns import WAYS, Way

STEPS: Final = 16
LEAST_STEP: Final = 1.0  # gray; below it a plain area would fill the hash with the noise of the encoder


def dhash(luma: Luma) -> str:
    """Hash a gray picture (H x W) to 64 hex digits, row by row, first step in the highest bit.

    The picture is averaged over 16 x 17 equal areas; a bit is set where the next area is
    brighter by more than one gray step.
    """
    return dhash_of_turns(luma, turns=(Turn.UPRIGHT,))[Turn.UPRIGHT]


def dhash_of_turns(
    luma: Luma, *, turns: tuple[Turn, ...] = tuple(Turn), gain: float = 1.0
) -> dict[Turn, str]:
    """Hash a gray picture (H x W) as if it were shown in each of these turns, its brightness multiplied first."""
    wide = _shrunk(luma, rows=STEPS, columns=STEPS + 1)
    steps = {False: np.diff(wide, axis=1)}
    if any(WAYS[turn].swapped for turn in turns):
        steps[True] = np.diff(_shrunk(luma, rows=STEPS + 1, columns=STEPS).T, axis=1)
    planes = np.stack([_turned(steps[WAYS[turn].swapped], WAYS[turn]) for turn in turns])
    packed = np.packbits((planes > LEAST_STEP / gain).reshape(len(turns), -1), axis=1)
    return {turn: bits.tobytes().hex() for turn, bits in zip(turns, packed, strict=True)}


def _turned(steps: Plane, way: Way) -> Plane:
    """Rows and columns have changed places already. A step that is read backwards goes the other way."""
    steps = -steps[:, ::-1] if way.columns_back else steps
    return steps[::-1] if way.rows_back else steps


def _shrunk(luma: Luma, *, rows: int, columns: int) -> Plane:
    from haetae.detect.hashing.kernels import shrunk

    down, across = _areas(luma.shape[0], rows), _areas(luma.shape[1], columns)
    return shrunk(luma, down=down, across=across)


@lru_cache(maxsize=256)
def _areas(length: int, parts: int) -> Taps:
    """Equal parts of a line of pixels; a pixel on a boundary counts for the share that lies inside."""

    def area(part: int) -> tuple[int, Plane]:
        start, stop = part * length / parts, (part + 1) * length / parts
        pixels = np.arange(int(start), min(length, int(np.ceil(stop))))
        overlap = np.minimum(stop, pixels + 1) - np.maximum(start, pixels)
        return int(start), (overlap / overlap.sum()).astype(np.float32)

    return taps([area(part) for part in range(parts)])
