"""HEIC pictures. Runs inside an opener of the second kind."""

from io import BytesIO
from typing import Final

import pi_heif
from PIL import Image

from haetae.detect.hashing.frame import Frame
from haetae.detect.opening.facts import Decoded, Limits, Undecodable, Why
from haetae.detect.opening.luma import luma_of

pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
pi_heif.options.DEPTH_IMAGES = False
pi_heif.options.AUX_IMAGES = False
_FRAMES_MOST: Final = 10_000


def heic(data: bytes, *, format_: str, limits: Limits) -> Decoded:  # noqa: ARG001 - every decoder takes the same
    """The primary picture in 8 bits. libheif turns and mirrors it as the file says; its EXIF must not turn it again."""
    file = pi_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
    width, height = file.size
    if width * height > limits.pixels_most:
        raise Undecodable(Why.TOO_MANY_PIXELS)
    pixels = file.data  # decoded here, not before
    if file.size != (width, height):
        raise Undecodable(Why.DECODER_ERROR)
    image = Image.frombuffer(file.mode, file.size, pixels, "raw", file.mode, file.stride)
    return Decoded(frames=max(1, min(_FRAMES_MOST, len(file))), shown=(Frame(luma=luma_of(image)),))
