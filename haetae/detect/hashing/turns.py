"""The eight ways in which a picture can be turned and mirrored."""

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from haetae.detect.finding import Turn

Number = TypeVar("Number", bound=np.generic)


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


def turned(plane: NDArray[Number], way: Way) -> NDArray[Number]:
    """A view of the picture, or of means of its areas, in this turn."""
    plane = plane.T if way.swapped else plane
    plane = plane[:, ::-1] if way.columns_back else plane
    return plane[::-1] if way.rows_back else plane
