"""The eight ways in which a picture can be turned and mirrored."""

from dataclasses import dataclass
from typing import Final

from haetae.detect.finding import Turn


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
