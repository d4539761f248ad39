"""Media files made for the tests: honest copies, and bombs written byte by byte."""

import struct
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from tests.detect.patterns import Luma

PHOTO = Path(__file__).parents[1] / "fixtures" / "photos" / "coffee.jpg"
HOSTILE = Path(__file__).parents[3] / "shared" / "data" / "hostile"


def encoded(picture: Luma | Image.Image, format_: str = "PNG", **options: object) -> bytes:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    written = BytesIO()
    image.save(written, format=format_, **options)
    return written.getvalue()


def bordered(picture: Luma, *, bar_px: int, gray: int) -> Luma:
    """Bars above and below, as a phone's screenshot of a wide picture has them."""
    bar = np.full((bar_px, picture.shape[1]), gray, dtype=np.uint8)
    return np.concatenate([bar, picture, bar])


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*, width: int, height: int, more: bytes = b"", rows: bytes = b"") -> bytes:
    """A gray PNG of 8 bits that says it has this size, whatever its rows hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = (
        png_chunk(b"IHDR", header) + more + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + body


@cache
def growing(*, megabytes: int) -> bytes:
    """Zeros, deflated to a two-hundredth of their size, without ever holding them all."""
    packer = zlib.compressobj(1)
    zeros = bytes(1024 * 1024)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


def text_bomb(*, megabytes: int) -> bytes:
    """A tiny PNG whose compressed comment grows to many megabytes."""
    comment = growing(megabytes=megabytes)
    return png(width=1, height=1, more=png_chunk(b"zTXt", b"Comment\0\0" + comment), rows=b"\0\0")


def gif_header(*, width: int, height: int) -> bytes:
    frame = struct.pack("<BHHHHB", 0x2C, 0, 0, width, height, 0)
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + frame + b"\x02\x02\x4c\x01\x00;"


def bmp_header(*, width: int, height: int) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + info


def webp_header(*, width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_with_size(*, width: int, height: int) -> bytes:
    """An honest small JPEG whose frame header then claims another size."""
    honest = bytearray(encoded(np.zeros((8, 8), dtype=np.uint8), "JPEG"))
    place = honest.index(b"\xff\xc0") + 5
    honest[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(honest)


def jpeg_of_many_scans(*, side: int, scans: int) -> bytes:
    """A progressive JPEG that asks for its last scan again and again."""
    honest = encoded(np.full((side, side), 128, dtype=np.uint8), "JPEG", progressive=True)
    last = honest.rindex(b"\xff\xda")
    return honest[:last] + honest[last:-2] * scans + honest[-2:]
