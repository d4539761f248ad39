"""What pictures go through on their way, to see what a model still says of them. Each is a file anew."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

from PIL import Image

from haetae.detect.classifying.running import Pixels


def jpeg75(pixels: Pixels) -> bytes:
    """A JPEG of quality 75 with halved colours."""
    return _written(Image.fromarray(pixels), "JPEG", quality=75, subsampling=2)


def half(pixels: Pixels) -> bytes:
    """Half the size each way, averaged, without loss."""
    height, width = pixels.shape[:2]
    size = (max(1, width // 2), max(1, height // 2))
    return _written(Image.fromarray(pixels).resize(size, Image.Resampling.BOX), "PNG", compress_level=1)


def screenshot(pixels: Pixels) -> bytes:
    """Shown at 0.8 of its size, drawn as a screen does, and kept as a JPEG of quality 90 with whole colours."""
    height, width = pixels.shape[:2]
    size = (max(1, round(width * 0.8)), max(1, round(height * 0.8)))
    shown = Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR)
    return _written(shown, "JPEG", quality=90, subsampling=0)


WORN: Final[Mapping[str, Callable[[Pixels], bytes]]] = {
    "jpeg75": jpeg75,
    "half": half,
    "screenshot": screenshot,
}


def _written(image: Image.Image, format_: str, **options: int) -> bytes:
    written = BytesIO()
    image.save(written, format=format_, **options)
    return written.getvalue()
