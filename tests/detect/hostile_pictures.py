"""Pictures made to hurt: headers that lie, contents that grow, structures that loop. Each a few kilobytes or less."""

import struct
import zlib
from collections.abc import Iterator
from functools import cache

import numpy as np
from PIL import Image

from tests.detect import film_files as boxes
from tests.detect import media_files as made
from tests.detect.disguises import chunk
from tests.detect.patterns import waves

PICTURE = waves(height=40, width=56, seed=1)
LARGE = 0xFFFFFFFF


@cache
def pictures() -> tuple[tuple[str, bytes], ...]:
    """Their names and bytes. Made once in a process and by who needs them: one takes seconds to be encoded."""
    return (*_headers(), *_growing_png(), *_many_frames(), *_jpeg(), *_heif(), *_refused())


def _ihdr(width: int, height: int, *, bits: int = 8, colour: int = 0, more: bytes = b"") -> bytes:
    header = made.png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + more


def _headers() -> Iterator[tuple[str, bytes]]:
    end = made.png_chunk(b"IDAT", zlib.compress(bytes(9))) + made.png_chunk(b"IEND", b"")
    for width, height, bits, colour in (
        (60_000, 60_000, 1, 0),
        (2**31 - 1, 2**31 - 1, 8, 6),
        (LARGE, LARGE, 16, 6),
        (13_000, 13_000, 16, 6),
        (1, 1_057_024, 8, 2),
        (2**31 - 1, 1, 8, 0),
        (0, 9, 8, 0),
        (9, 9, 77, 99),
    ):
        name = f"png of {width} x {height}, {bits} bits, colour {colour}"
        yield name, _ihdr(width, height, bits=bits, colour=colour, more=end)
    yield "png without a picture", _ihdr(9, 9)
    for width, height in ((65_535, 65_535), (0, 0), (10_000, 1)):
        yield f"gif of {width} x {height}", made.gif_header(width=width, height=height)
    for width, height in ((2**31 - 1, 2**31 - 1), (-(2**31), -(2**31)), (0, 0), (7000, -7000), (1, -(2**31))):
        yield f"bmp of {width} x {height}", made.bmp_header(width=width, height=height)
    yield "bmp of runs without end", _bmp_of_runs(b"\0\2\xff\xff" * 500)
    yield "bmp of runs beyond the picture", _bmp_of_runs(b"\xff\x11" * 4000)
    for width, height in ((16_383, 16_383), (1, 16_384), (16_384 * 1024, 16_384 * 1024)):
        yield f"webp of {width} x {height}", made.webp_header(width=width, height=height)
    for width, height in ((65_500, 65_500), (0, 8), (7789, 56_321), (65_500, 1), (7000, 7000)):
        yield f"jpeg of {width} x {height}", made.jpeg_with_size(width=width, height=height)


def _bmp_of_runs(runs: bytes) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, 6000, 6000, 1, 8, 1, len(runs), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 54 + 1024) + info + bytes(1024) + runs


def _growing_png() -> Iterator[tuple[str, bytes]]:
    growing = made.growing(megabytes=512)
    rows = b"\0\0"
    for name, head in ((b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"Comment\0\1\0\0\0")):
        more = made.png_chunk(name, head + growing)
        yield f"png whose {name.decode()} grows to 512 MB", made.png(width=1, height=1, more=more, rows=rows)
    idat = made.png_chunk(b"IDAT", growing) + made.png_chunk(b"IEND", b"")
    yield "png whose one pixel grows to 512 MB", _ihdr(1, 1, more=idat)
    yield "png of 16 bits that fills 392 MB", _ihdr(7000, 7000, bits=16, colour=6, more=idat)
    many = made.png_chunk(b"tEXt", b"a\0b") * 20_000
    yield "png of 20,000 comments", made.png(width=1, height=1, more=many, rows=rows)
    huge = struct.pack(">I", 2**31 - 1) + b"tEXt" + bytes(20)
    yield "png whose comment says 2 GB", made.png(width=1, height=1, more=huge, rows=rows)
    yield "png whose picture says 2 GB", _ihdr(1, 1, more=struct.pack(">I", 2**31 - 1) + b"IDAT" + bytes(20))
    exif = made.png_chunk(b"eXIf", _looping_exif())
    yield "png whose EXIF runs in circles", made.png(width=1, height=1, more=exif, rows=rows)


def _many_frames() -> Iterator[tuple[str, bytes]]:
    control = struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 1, 0, 0)
    frame = made.png_chunk(b"fcTL", control) + made.png_chunk(b"fdAT", bytes(4) + zlib.compress(b"\0\0"))
    start = made.png_chunk(b"acTL", struct.pack(">II", 20_000, 0))
    yield "apng of 20,000 frames", made.png(width=1, height=1, more=start + frame * 20_000, rows=b"\0\0")
    lie = made.png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 2**31 - 1))
    yield "apng that says 2,147,483,647 frames", made.png(width=1, height=1, more=lie, rows=b"\0\0")
    empty = made.png_chunk(b"fcTL", control) + struct.pack(">I", 0) + b"fdAT" + struct.pack(">I", LARGE) * 3
    yield "apng with an empty frame", made.png(width=1, height=1, more=start, rows=b"\0\0")[:-12] + empty
    one = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x4c\x01\x00"
    for width, count in ((1, 100_000), (7000, 20_000)):
        canvas = b"GIF89a" + struct.pack("<HHBBB", width, width, 0, 0, 0)
        yield f"gif of {count} frames on {width} x {width}", canvas + one * count + b";"
    yield "gif of codes without end", made.gif_header(width=7000, height=7000)[:-4] + b"\xff" + b"\xaa" * 9000
    still = made.encoded(np.zeros((1, 1), dtype=np.uint8), "WEBP", lossless=True)[12:]
    anmf = chunk(b"ANMF", bytes(6) + bytes(6) + b"\1\0\0\0" + still)
    for side in (100, 16_383):
        size = struct.pack("<I", side - 1)[:3] * 2
        head = chunk(b"VP8X", b"\2\0\0\0" + size) + chunk(b"ANIM", bytes(6))
        body = b"WEBP" + head + anmf * 10_000
        yield f"webp of 10,000 frames on {side} x {side}", b"RIFF" + struct.pack("<I", len(body)) + body


def _looping_exif() -> bytes:
    """One directory whose successor, and whose sub-directories, are itself."""
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, 8) for tag in (0x8769, 0x8825, 0xA005))
    return b"MM\0\x2a\0\0\0\x08" + struct.pack(">H", 3) + entries + struct.pack(">I", 8)


def _jpeg() -> Iterator[tuple[str, bytes]]:
    honest = made.encoded(PICTURE, "JPEG", quality=80)
    yield "jpeg of 2,000 scans", made.jpeg_of_many_scans(side=1000, scans=2000)
    yield "jpeg that burns time", made.jpeg_of_many_scans(side=6000, scans=40)
    many = struct.pack(">H", 60_000) + struct.pack(">HHII", 0x0112, 3, LARGE, 8) * 5400
    metadata = {
        "EXIF in circles": b"Exif\0\0" + _looping_exif(),
        "EXIF of 60,000 entries": b"Exif\0\0MM\0\x2a\0\0\0\x08" + many,
        "EXIF beyond the file": b"Exif\0\0II\x2a\0" + struct.pack("<I", LARGE),
        "an empty EXIF": b"Exif\0\0",
        "zeros for EXIF": b"Exif\0\0" + bytes(60_000),
    }
    for name, content in metadata.items():
        yield f"jpeg with {name}", honest[:2] + _segment(0xE1, content) + honest[2:]
    mpo = b"MPF\0" + b"MM\0\x2a\0\0\0\x08\0\2" + struct.pack(">HHII", 0xB001, 4, 1, 100_000)
    mpo += struct.pack(">HHII", 0xB002, 7, 1_600_000, 8) + struct.pack(">I", 8)
    yield "jpeg of 100,000 pictures", honest[:2] + _segment(0xE2, mpo) + honest[2:]
    for marker, name in (
        (b"\xff\xc4", "Huffman table"),
        (b"\xff\xdb", "quantisation table"),
        (b"\xff\xc0", "frame"),
    ):
        place = honest.index(marker) + 4
        yield f"jpeg of a bent {name}", honest[:place] + b"\xff" * 12 + honest[place + 12 :]
    yield "jpeg of a length of zero", honest[:2] + b"\xff\xe1\0\0" + honest[2:]
    yield "jpeg of nothing but beginnings", b"\xff\xd8\xff" * 3000
    yield "jpeg of restarts", honest[:-2] + b"\xff\xd0" * 50_000 + honest[-2:]
    yield "jpeg of fill bytes", honest[:2] + b"\xff" * 100_000 + honest[2:]
    profile = b"".join(
        _segment(0xE2, b"ICC_PROFILE\0" + bytes([part, 255]) + bytes(60_000)) for part in range(1, 60)
    )
    yield "jpeg of a large colour profile", honest[:2] + profile + honest[2:]


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, min(65_535, 2 + len(content))) + content[:65_533]


def _heif() -> Iterator[tuple[str, bytes]]:
    honest = {"heic": boxes.heic(PICTURE), "avif": made.encoded(PICTURE, "AVIF")}
    for name, data in honest.items():
        size = data.index(b"ispe") + 8
        for width, height in ((12_000, 12_000), (LARGE, LARGE), (0, 0), (6000, 6000), (1, 1)):
            lie = struct.pack(">II", width, height)
            yield f"{name} that says {width} x {height}", data[:size] + lie + data[size + 8 :]
        for part in (b"iloc", b"iinf", b"ipma", b"ipco", b"pitm", b"hdlr", b"meta"):
            place = data.index(part) + 4
            yield f"{name} of a bent {part.decode()}", data[:place] + b"\xff" * 12 + data[place + 12 :]
    flat = made.encoded(Image.new("RGB", (9000, 9000), (9, 99, 9)), "AVIF", speed=10, subsampling="4:4:4")
    size = flat.index(b"ispe") + 8
    yield "avif of 9,000 x 9,000 that says so", flat
    yield (
        "avif of 9,000 x 9,000 that says 64 x 64",
        flat[:size] + struct.pack(">II", 64, 64) + flat[size + 8 :],
    )
    ispe = boxes.full_box(b"ispe", struct.pack(">II", 56, 40))
    for name, kind in ((b"heic", b"hvc1"), (b"avif", b"av01")):
        grid = struct.pack(">BBBBII", 0, 1, 255, 255, 7000, 7000)
        yield (
            f"{name.decode()} of a grid without tiles",
            boxes.heif(brand=name, kind=b"grid", coded=grid, properties=[ispe]),
        )
        yield (
            f"{name.decode()} of noise",
            boxes.heif(brand=name, kind=kind, coded=bytes(range(256)) * 40, properties=[ispe]),
        )


def _refused() -> Iterator[tuple[str, bytes]]:
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    yield "svg of a billion laughs", f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{entities}]><svg>&a11;</svg>".encode()
    yield "svg that reads a file", b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>"
    yield "svg in itself", b"<svg xmlns='http://www.w3.org/2000/svg'><use id='a' href='#a'/></svg>"
    yield "pnm of 10^18 pixels", b"P6\n999999999 999999999\n255\n"
    yield (
        "psd of 300,000 x 300,000",
        b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 300_000, 300_000, 8, 3),
    )
    yield "tga of 65,535 x 65,535", bytes(2) + b"\2" + bytes(9) + b"\xff\xff\xff\xff\x20\0"
    yield "ico of 65,535 pictures", b"\0\0\1\0\xff\xff" + bytes(16) * 100
    yield "tiff in circles", b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\x08"
    yield "tiff of 65,535 entries", b"II\x2a\0\x08\0\0\0\xff\xff" + bytes(12) * 500
    yield (
        "jpeg 2000 of 2^32 pixels",
        b"\xff\x4f\xff\x51\0\x2f\0\0" + struct.pack(">II", LARGE, LARGE) + bytes(40),
    )
    yield "pdf behind other words", b"GIF" + bytes(500) + b"%PDF-1.7\n"
    yield "gif that is a script", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//"
    yield "gif that is a page", made.encoded(PICTURE, "GIF") + b"<!doctype html><script>alert(1)</script>"
    yield (
        "jpeg that is an archive",
        made.encoded(PICTURE, "JPEG") + b"PK\3\4" + bytes(400) + b"PK\5\6" + bytes(18),
    )
    yield "png behind a page", b"<html>" + made.encoded(PICTURE)
    yield "bmp that is a film", made.bmp_header(width=8, height=8)[:30] + b"ftypmp42" + bytes(400)
    yield "nothing", b""
    yield "one byte", b"\0"
