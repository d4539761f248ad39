"""Decoding one picture. Runs inside an opener, which may be killed over it at any time."""

import warnings
from dataclasses import dataclass
from io import BytesIO

import simplejpeg
from PIL import Image

from haetae.detect.hashing.separable import Luma
from haetae.detect.media import recognise
from haetae.detect.opening.facts import Limits, Undecodable, Why
from haetae.detect.opening.frames import frames_of
from haetae.detect.opening.luma import luma_of, orientation_of, upright

_SCAN_MARK = b"\xff\xda"


@dataclass(frozen=True, kw_only=True)
class Decoded:
    format: str
    frames: int
    luma: Luma


def decode(data: bytes, *, limits: Limits) -> Decoded:
    """Return the first frame, upright. Raises Undecodable and nothing else, whatever the bytes may hold."""
    try:
        return _decode(data, limits=limits)
    except Undecodable:
        raise
    except MemoryError as error:
        raise Undecodable(Why.OUT_OF_MEMORY) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Undecodable(Why.TOO_MANY_PIXELS) from error
    except Exception as error:
        # Over malformed files Pillow was seen to raise OSError, ValueError, IndexError, SyntaxError,
        # RuntimeError, TypeError and NotImplementedError; others are only a matter of time.
        raise Undecodable(
            Why.TRUNCATED if "truncated" in str(error).lower() else Why.DECODER_ERROR
        ) from error


def _decode(data: bytes, *, limits: Limits) -> Decoded:
    format_ = recognise(data).format
    Image.MAX_IMAGE_PIXELS = limits.pixels_most
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=[format_.upper()]) as image:
            if image.width * image.height > limits.pixels_most:
                raise Undecodable(Why.TOO_MANY_PIXELS)
            orientation, frames = orientation_of(image), frames_of(image, data=data, format_=format_)
            luma = _jpeg(data, image, limits=limits) if format_ == "jpeg" else luma_of(image)
    return Decoded(format=format_, frames=frames, luma=upright(luma, orientation=orientation))


def _jpeg(data: bytes, image: Image.Image, *, limits: Limits) -> Luma:
    """Decode brightness alone, in half the time; what that decoder refuses (CMYK, bent) Pillow may open."""
    if data.count(_SCAN_MARK) > limits.scans_most:
        raise Undecodable(Why.TOO_MANY_SCANS)
    try:
        return simplejpeg.decode_jpeg(data, colorspace="GRAY")[:, :, 0]  # type: ignore[no-any-return]
    except ValueError:
        return luma_of(image)
