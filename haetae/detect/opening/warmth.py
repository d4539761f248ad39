"""Decoding one small picture of each kind, so that nothing is left to import once files are out of reach."""

from io import BytesIO
from typing import Final

from PIL import Image

from haetae.detect.opening.decode import decode
from haetae.detect.opening.facts import Limits, Undecodable

_SAMPLES: Final = (
    ("JPEG", "L"),
    ("JPEG", "CMYK"),
    ("PNG", "1"),
    ("PNG", "P"),
    ("PNG", "LA"),
    ("PNG", "RGBA"),
    ("PNG", "I;16"),
    ("GIF", "P"),
    ("WEBP", "RGBA"),
    ("BMP", "RGB"),
)


def warm_up(*, limits: Limits) -> None:
    """Decode whole and broken samples. Raises Undecodable when a decoder of this installation is broken."""
    for format_, mode in _SAMPLES:
        sample = _sample(format_, mode)
        decode(sample, limits=limits)
        for broken in (sample[: len(sample) // 2], sample[:16]):
            _decode_in_vain(broken, limits=limits)


def _sample(format_: str, mode: str) -> bytes:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    extra = {} if format_ in {"GIF", "BMP"} else {"exif": exif}
    Image.new(mode, (24, 16)).save(written, format=format_, **extra)
    return written.getvalue()


def _decode_in_vain(broken: bytes, *, limits: Limits) -> None:
    try:
        decode(broken, limits=limits)
    except Undecodable:
        return
