"""The eight ways in which a picture can be turned and mirrored, and what each does to rows, columns and waves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from haetae.detect.finding import Turn
from haetae.detect.hashing.separable import Plane


@dataclass(frozen=True)
class Way:
    """First rows and columns change places (`swapped`), then the columns run backwards, then the rows."""

    swapped: bool
    columns_back: bool
    rows_back: bool


WAYS: Final[dict[Turn, Way]] = {
    Turn.UPRIGHT: Way(swapped=False, columns_back=False, rows_back=False),
    Turn.MIRRORED: Way(swapped=False, columns_back=True, rows_back=False),
    Turn.UPSIDE_DOWN: Way(swapped=False, columns_back=True, rows_back=True),
    Turn.MIRRORED_UPSIDE_DOWN: Way(swapped=False, columns_back=False, rows_back=True),
    Turn.RIGHT: Way(swapped=True, columns_back=True, rows_back=False),
    Turn.LEFT: Way(swapped=True, columns_back=False, rows_back=True),
    Turn.MIRRORED_LEFT: Way(swapped=True, columns_back=False, rows_back=False),
    Turn.MIRRORED_RIGHT: Way(swapped=True, columns_back=True, rows_back=True),
}


def turned(plane: Plane, way: Way) -> Plane:
    """The plane as it would have come out of the turned picture."""
    plane = plane.T if way.swapped else plane
    plane = plane[:, ::-1] if way.columns_back else plane
    return plane[::-1] if way.rows_back else plane


def wave_signs(way: Way, *, many: int) -> Plane:
    """The signs (many x many) that the frequencies 1..many take when rows or columns run backwards.

    A wave with an odd number of half periods is its own negative when it is read from the other end.
    """
    odd = np.where(np.arange(1, many + 1) % 2 == 1, -1, 1).astype(np.float32)
    ones = np.ones(many, dtype=np.float32)
    rows = odd if way.rows_back else ones
    columns = odd if way.columns_back else ones
    return np.ascontiguousarray(np.outer(rows, columns), dtype=np.float32)
