"""Pictures that Pillow opens, upright; of an animated one a sample of its frames. Runs inside an opener."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Final

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from haetae.detect.media import ANIMATED_FORMATS
from haetae.detect.opening.animation import sample_of
from haetae.detect.opening.colours import seen_of
from haetae.detect.opening.decode import Decoder
from haetae.detect.opening.facts import Decoded, Limits, Look, Undecodable, Why, framed
from haetae.detect.opening.frames import frames_of
from haetae.detect.opening.luma import orientation_of, upright

_SCAN_MARK: Final = re.compile(b"\xff\xda")  # found in a third of the time that bytes.count() takes


def still(data: bytes, *, format_: str, limits: Limits, look: Look = Look.GRAY) -> Decoded:
    """The type is ours, told from the first bytes: Pillow tries no other."""
    with opened(data, format_=format_, limits=limits) as image:
        frames = frames_of(image, data=data, format_=format_)
        if frames > 1 and format_ in ANIMATED_FORMATS:
            return sample_of(image, announced=frames, limits=limits, look=look)
        orientation = orientation_of(image)
        by_itself = format_ == "jpeg"
        pixels = _jpeg(data, image, limits=limits, look=look) if by_itself else seen_of(image, look=look)
    return Decoded(frames=frames, shown=(framed(upright(pixels, orientation=orientation)),))


@contextmanager
def opened(data: bytes, *, format_: str, limits: Limits) -> Iterator[Image.Image]:
    """Read the header alone; a picture of more pixels than we open is never unpacked."""
    Image.MAX_IMAGE_PIXELS = limits.pixels_most
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=[format_.upper()]) as image:
            if image.width * image.height > limits.pixels_most:
                raise Undecodable(Why.TOO_MANY_PIXELS)
            yield image


def _jpeg(data: bytes, image: Image.Image, *, limits: Limits, look: Look) -> NDArray[np.uint8]:
    """Gray: decode brightness alone, in half the time; what that decoder refuses (CMYK, bent) Pillow may open."""
    if sum(1 for _ in islice(_SCAN_MARK.finditer(data), limits.scans_most + 1)) > limits.scans_most:
        raise Undecodable(Why.TOO_MANY_SCANS)
    if look is Look.COLOURS:
        return seen_of(image, look=look)
    try:
        return simplejpeg.decode_jpeg(data, colorspace="GRAY")[:, :, 0]  # type: ignore[no-any-return]
    except ValueError:
        return seen_of(image, look=look)


STILLS: Final[dict[str, Decoder]] = dict.fromkeys(("jpeg", "png", "gif", "webp", "bmp"), still)
