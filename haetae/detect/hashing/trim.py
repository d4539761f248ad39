"""Peeling plain borders: letterboxes, the bars around a screenshot. What is inside may be known."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.hashing.separable import Luma

# Gray steps that JPEG noise moves a plain bar at quality 30; the share of a border line that may differ more.
TOLERANCE: Final = 12
STRAY_SHARE: Final = 0.01
# Bar and picture meet inside a JPEG block and ring there. Of 120 re-encoded screenshots 21 were missed
# without cutting those lines too, none with a mean distance of 8 to 16 gray steps.
RINGING_PX: Final = 7
RINGING_MEAN: Final = 8
# Of a side, from one edge: a tall phone shows a wide picture between bars of 37 % each.
LARGEST_SHARE: Final = 0.45
SMALLEST_CUT_PX: Final = 4
SMALLEST_REST_PX: Final = 32
# A letterboxed film frame in a screenshot with bars of another colour has two.
LAYERS_MOST: Final = 3


def peeled(luma: Luma) -> Iterator[Luma]:
    """Yield the view (no copy) inside each layer of border, from the outside in; nothing without a border.

    A layer is of one colour. Each is yielded by itself, because a picture may have a plain sky or wall of its
    own at the edge, and was known with it.
    """
    inner = luma
    for _ in range(LAYERS_MOST):
        outer, inner = inner, _without_layer(inner)
        cut_px = max(before - after for before, after in zip(outer.shape, inner.shape, strict=True))
        if cut_px < SMALLEST_CUT_PX or min(inner.shape) < SMALLEST_REST_PX:
            return
        yield inner


def _without_layer(luma: Luma) -> Luma:
    for edge in (luma[0], luma[-1], luma[:, 0], luma[:, -1]):
        colour = _plain_colour(edge)
        if colour is not None:
            inner = _without_bars(_without_bars(luma, colour=colour).T, colour=colour).T
            return _without_bars(inner, colour=colour)
    return luma


def _plain_colour(edge: NDArray[np.uint8]) -> int | None:
    """The median of a line that is a border, else None. Nearly every picture comes here, so it is sorted but once."""
    ordered, size = np.sort(edge), edge.size
    colour = (int(ordered[(size - 1) // 2]) + int(ordered[size // 2])) // 2
    darkest, brightest = _bounds(colour)
    strays = size - int(ordered.searchsorted(brightest, "right")) + int(ordered.searchsorted(darkest, "left"))
    return colour if strays <= STRAY_SHARE * size else None


def _bounds(colour: int) -> tuple[np.uint8, np.uint8]:
    return np.uint8(max(0, colour - TOLERANCE)), np.uint8(min(255, colour + TOLERANCE))


def _without_bars(luma: Luma, *, colour: int) -> Luma:
    top, bottom = (_plain_lines(lines, colour=colour) for lines in (luma, luma[::-1]))
    return luma[top : len(luma) - bottom]


def _plain_lines(luma: Luma, *, colour: int) -> int:
    most = int(LARGEST_SHARE * len(luma))
    plain = next((line for line in range(most) if not _is_plain(luma[line], colour=colour)), most)
    if plain < SMALLEST_CUT_PX:
        return 0
    return min(most, plain + _ringing_lines(luma[plain : plain + RINGING_PX], colour=colour))


def _ringing_lines(luma: Luma, *, colour: int) -> int:
    """Count the lines of bar that share a JPEG block with the picture: two left on cost PDQ up to 30 bits."""
    picture = np.abs(luma.astype(np.int16) - colour).mean(axis=1) > RINGING_MEAN
    return int(np.argmax(picture)) if picture.any() else len(luma)


def _is_plain(line: Luma, *, colour: int) -> bool:
    darkest, brightest = _bounds(colour)
    strays = np.count_nonzero((line < darkest) | (line > brightest))
    return bool(strays <= STRAY_SHARE * line.size)
