"""HEIC pictures. Runs inside an opener of the second kind."""

import time
from io import BytesIO
from typing import Any, Final

import pi_heif
from PIL import Image

from haetae.detect.hashing.frame import Frame
from haetae.detect.opening.animation import SHARE_OF_TIME
from haetae.detect.opening.colours import seen_of
from haetae.detect.opening.facts import ColourFrame, Decoded, Limits, Look, Undecodable, Why, framed

pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
pi_heif.options.DEPTH_IMAGES = False
pi_heif.options.AUX_IMAGES = False
_FRAMES_MOST: Final = 10_000


def heic(
    data: bytes,
    *,
    format_: str,  # noqa: ARG001 - every decoder takes the same
    limits: Limits,
    look: Look = Look.GRAY,
) -> Decoded:
    """The primary picture in 8 bits, then the others, as a viewer of a collection shows them, as far as limits allow.

    libheif turns and mirrors them as the file says; their EXIF must not turn them again.
    """
    cpu_s, wall_s = time.process_time(), time.monotonic()
    file = pi_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
    shown = [_shown(file, limits=limits, look=look)]
    pixels_left = limits.pixels_most - file.size[0] * file.size[1]
    for place in (place for place in range(len(file)) if place != file.primary_index):
        width, height = file[place].size
        pixels_left -= width * height
        late = (
            time.process_time() - cpu_s > limits.cpu_s * SHARE_OF_TIME
            or time.monotonic() - wall_s > limits.wall_s * SHARE_OF_TIME
        )
        if late or pixels_left < 0 or len(shown) == limits.film_frames_most:
            break
        try:
            shown.append(_shown(file[place], limits=limits, look=look))
        except Exception:  # as in decode(); the primary picture was opened all the same
            break
    return Decoded(frames=max(1, min(_FRAMES_MOST, len(file))), shown=tuple(shown))


def _shown(picture: Any, *, limits: Limits, look: Look) -> Frame | ColourFrame:
    width, height = picture.size
    if width * height > limits.pixels_most:
        raise Undecodable(Why.TOO_MANY_PIXELS)
    pixels = picture.data  # decoded here, not before
    if picture.size != (width, height):
        raise Undecodable(Why.DECODER_ERROR)
    image = Image.frombuffer(picture.mode, picture.size, pixels, "raw", picture.mode, picture.stride)
    return framed(seen_of(image, look=look))
