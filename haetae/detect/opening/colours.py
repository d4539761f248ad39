"""The picture in colours, as models are shown it: upright, on white, at most so many pixels. Runs inside an opener."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from haetae.detect.opening.facts import Look
from haetae.detect.opening.luma import luma_of

STILL_PIXELS_MOST: Final = 4_000_000  # a face of a group photograph keeps enough of itself
FILM_PIXELS_MOST: Final = 1_000_000  # each of some frames


def seen_of(image: Image.Image, *, look: Look, pixels_most: int = STILL_PIXELS_MOST) -> NDArray[np.uint8]:
    """(H, W) gray or (H, W, 3), red first."""
    return luma_of(image) if look is Look.GRAY else colours_of(image, pixels_most=pixels_most)


def colours_of(image: Image.Image, *, pixels_most: int) -> NDArray[np.uint8]:
    """Larger ones are averaged down, which no model must be told. 16 bits a channel become 8, transparent is white."""
    if image.mode.startswith("I") or image.mode == "F":
        return np.repeat(_smaller(Image.fromarray(luma_of(image)), pixels_most)[:, :, None], 3, axis=2)
    if image.mode in {"PA", "RGBa", "La", "LA"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = Image.composite(image.convert("RGB"), Image.new("RGB", image.size, "white"), alpha)
    return _smaller(image.convert("RGB"), pixels_most)


def reduced(width: int, height: int, *, pixels_most: int) -> tuple[int, int]:
    """The size to average down to, in the same proportions."""
    share = min(1.0, (pixels_most / (width * height)) ** 0.5)
    return max(1, int(width * share)), max(1, int(height * share))


def _smaller(image: Image.Image, pixels_most: int) -> NDArray[np.uint8]:
    size = reduced(image.width, image.height, pixels_most=pixels_most)
    return np.asarray(image if size == image.size else image.resize(size, Image.Resampling.HAMMING))
