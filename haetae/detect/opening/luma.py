"""From any Pillow mode to the gray picture that a viewer shows. Runs inside an opener."""

from typing import Final

import numpy as np
from PIL import Image, ImageChops

from haetae.detect.hashing.separable import Luma

_ORIENTATION_TAG: Final = 0x0112


def luma_of(image: Image.Image) -> Luma:
    """Return height x width bytes; transparent parts are white, 16 bits a pixel become 8."""
    if image.mode.startswith("I"):
        return _from_16_bit(image)
    if image.mode == "F":
        raise ValueError("Pictures of floating point numbers have no agreed brightness.")
    if image.mode not in {"RGBA", "LA"} and (
        image.mode in {"PA", "RGBa", "La"} or "transparency" in image.info
    ):
        image = image.convert("RGBA")
    gray = image if image.mode == "L" else image.convert("L")
    return np.asarray(_on_white(gray, alpha=image.getchannel("A")) if image.mode in {"RGBA", "LA"} else gray)


def _on_white(gray: Image.Image, *, alpha: Image.Image) -> Image.Image:
    """Brightness is linear in colour: gray on white equals colour on white, at a quarter of the memory."""
    return ImageChops.composite(gray, Image.new("L", gray.size, 255), alpha)


def _from_16_bit(image: Image.Image) -> Luma:
    """Take the upper byte: Pillow's own conversion cuts everything above 255 to white."""
    samples = np.asarray(image)
    upper: Luma = np.right_shift(np.clip(samples, 0, 65535), 8).astype(np.uint8)
    return upper


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation 1..8; a broken EXIF block turns nothing, as in a viewer."""
    try:
        orientation = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # Pillow raises seven kinds of errors over bent metadata
        return 1
    return orientation if orientation in range(1, 9) else 1


def upright(pixels: Luma, *, orientation: int) -> Luma:
    """Turn stored rows and columns to what is shown, with channels or without. Source: EXIF 2.32, tag Orientation."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    return pixels
