"""The square around a face that a detector looks at; training and use cut it by the same rule."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

MARGIN: Final = 1.3  # the side of the square over the longer side of the face's box


def square(
    box: NDArray[np.float32], *, margin: float = MARGIN, shift: tuple[float, float] = (0.0, 0.0)
) -> Any:
    """Left, top and side in pixels. `shift` moves it by shares of the face's longer side."""
    x, y, width, height = (float(value) for value in box)
    longer = max(width, height)
    side = longer * margin
    return x + width / 2 + shift[0] * longer - side / 2, y + height / 2 + shift[1] * longer - side / 2, side


def cut(
    pixels: NDArray[np.uint8], where: tuple[float, float, float], *, size: int, smooth: int = cv2.INTER_LINEAR
) -> NDArray[np.uint8]:
    """(size, size, channels). A square that shrinks is averaged over areas, as every other way aliases."""
    inside = region(pixels, where)
    how = cv2.INTER_AREA if where[2] > size else smooth
    return np.asarray(cv2.resize(inside, (size, size), interpolation=how), np.uint8)


def region(pixels: NDArray[np.uint8], where: tuple[float, float, float]) -> NDArray[np.uint8]:
    """A square's own pixels. What lies outside of the picture repeats its border."""
    left, top, side = where
    height, width = pixels.shape[:2]
    x0, y0 = round(left), round(top)
    x1, y1 = x0 + max(round(side), 1), y0 + max(round(side), 1)
    inside = pixels[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
    around = (max(-y0, 0), max(y1 - height, 0), max(-x0, 0), max(x1 - width, 0))
    if any(around):
        inside = cv2.copyMakeBorder(inside, *around, cv2.BORDER_REPLICATE)  # type: ignore[assignment]
    return np.ascontiguousarray(inside)
