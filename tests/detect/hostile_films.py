"""Films made to hurt: tables that lie about their length, boxes without end, contents that grow."""

import struct
from collections.abc import Iterator

from tests.detect.disguises import chunk
from tests.detect.film_files import box, film, full_box
from tests.detect.media_files import growing
from tests.detect.patterns import waves

PICTURES = [waves(height=48, width=64, seed=seed) for seed in range(6)]
LARGE = 0xFFFFFFFF


def films() -> Iterator[tuple[str, bytes]]:
    yield from _tables()
    yield from _boxes()
    yield from _matroska()
    yield from _avi()


def _tables() -> Iterator[tuple[str, bytes]]:
    """Each table of the one track says that it has 4,294,967,295 entries, or entries that cannot be."""
    honest = film(PICTURES)
    for name in (b"stsz", b"stts", b"stsc", b"stco", b"stss", b"ctts", b"stsd", b"elst", b"dref"):
        place = honest.find(name)
        if place < 0:
            continue
        count = place + (12 if name == b"stsz" else 8)
        yield f"mp4 of 2^32 entries in {name.decode()}", _with(honest, count, struct.pack(">I", LARGE))
        yield f"mp4 of a bent {name.decode()}", _with(honest, place + 8, b"\xff" * 24)
    one_size = struct.pack(">II", 90_000, LARGE)
    yield "mp4 of 2^32 frames of one size", _with(honest, honest.index(b"stsz") + 8, one_size)
    for name, offset, what in (
        (b"mdhd", 16, "no clock"),
        (b"mvhd", 16, "no clock of its own"),
        (b"tkhd", 80, "no size"),
        (b"avc1", 28, "no width"),
        (b"avcC", 4, "no decoder"),
    ):
        yield f"mp4 of {what}", _with(honest, honest.index(name) + offset, bytes(8))
    yield "mp4 of 65,535 x 65,535", _with(honest, honest.index(b"avc1") + 28, b"\xff\xff\xff\xff")
    yield "mp4 of bent coded pictures", _with(honest, honest.index(b"mdat") + 40, b"\xa5" * 2000)
    yield "mp4 of another coding", honest.replace(b"avc1", b"hvc1")
    track = honest[honest.index(b"trak") - 4 : honest.index(b"udta") - 4]
    yield "mp4 of 3,000 tracks", box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track * 3000)


def _with(data: bytes, place: int, content: bytes) -> bytes:
    return data[:place] + content + data[place + len(content) :]


def _boxes() -> Iterator[tuple[str, bytes]]:
    start = box(b"ftyp", b"isom", bytes(4))
    for name in (b"moov", b"trak", b"udta", b"meta"):
        yield f"mp4 of 20,000 {name.decode()} in each other", start + _nested(name, depth=20_000)
    for length in (0, 1, 7, 2**31, LARGE):
        yield f"mp4 of a box of length {length}", start + struct.pack(">I", length) + b"moov" + bytes(64)
    yield "mp4 of a box of length 2^63", start + struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(64)
    yield "mp4 of 100,000 empty boxes", start + box(b"free") * 100_000
    yield "mp4 whose header grows to 512 MB", start + _packed_header()
    fragments = box(
        b"moof", full_box(b"mfhd", bytes(4)), box(b"traf", full_box(b"trun", struct.pack(">I", LARGE)))
    )
    yield "mp4 of 5,000 fragments", start + fragments * 5000
    yield "mp4 of no more than a beginning", start
    yield (
        "avif of 20,000 boxes in each other",
        box(b"ftyp", b"avif", bytes(4)) + _nested(b"meta", depth=20_000),
    )
    yield (
        "heic of 20,000 boxes in each other",
        box(b"ftyp", b"heic", bytes(4)) + _nested(b"iprp", depth=20_000),
    )


def _nested(name: bytes, *, depth: int) -> bytes:
    head = bytes(4) if name == b"meta" else b""
    size = 8 + len(head)
    return b"".join(struct.pack(">I", size * (depth - level)) + name + head for level in range(depth))


def _packed_header() -> bytes:
    """QuickTime may keep its header compressed (cmov)."""
    packed = struct.pack(">I", 512 * 1024 * 1024) + growing(megabytes=512)
    return box(b"moov", box(b"cmov", box(b"dcom", b"zlib"), box(b"cmvd", packed)))


def element(name: str, content: bytes) -> bytes:
    """An element of Matroska (RFC 8794) with eight bytes of length."""
    return bytes.fromhex(name) + struct.pack(">Q", 1 << 56 | len(content)) + content


def _matroska() -> Iterator[tuple[str, bytes]]:
    head = element("1A45DFA3", element("4282", b"matroska"))
    unknown = b"\x01" + b"\xff" * 7
    honest = film(PICTURES, "matroska")
    segment = honest.index(b"\x18\x53\x80\x67") + 4
    yield "matroska of 2^56 bytes", _with(honest, segment, b"\x01" + b"\xff" * 6 + b"\xfe")
    yield "matroska of 20,000 segments in each other", head + (b"\x18\x53\x80\x67" + unknown) * 20_000
    yield (
        "matroska of 20,000 clusters in each other",
        (head + b"\x18\x53\x80\x67" + unknown + (b"\x1f\x43\xb6\x75" + unknown) * 20_000),
    )
    tags = b"\x63\xc0" + unknown
    yield "matroska of 20,000 tags in each other", head + b"\x18\x53\x80\x67" + unknown + tags * 20_000
    track = element("AE", element("D7", b"\1") + element("83", b"\1") + element("86", b"V_VP9"))
    yield "matroska of 20,000 tracks", head + element("18538067", element("1654AE6B", track * 20_000))
    for side in (LARGE, 20_000, 0):
        yield f"matroska of {side} x {side}", head + element("18538067", _raw_film(side, b"\0" * 64))
    packed = growing(megabytes=256)
    yield (
        "matroska whose frame grows to 256 MB",
        head + element("18538067", _raw_film(16, packed, packed=True)),
    )
    void = element("EC", bytes(3)) * 50_000
    yield "matroska of 50,000 voids", head + element("18538067", void)
    yield "matroska of a document it is not", element("1A45DFA3", element("4282", b"svg")) + bytes(500)


def _raw_film(side: int, frame: bytes, *, packed: bool = False) -> bytes:
    """One uncompressed frame of side x side; `packed`: its bytes are deflated (ContentCompression)."""
    size = struct.pack(">I", side)
    picture = element("E0", element("B0", size) + element("BA", size) + element("2EB524", b"Y800"))
    how = element("6D80", element("6240", element("5034", element("4254", b"\0")))) if packed else b""
    track = (
        element("D7", b"\1")
        + element("73C5", b"\1")
        + element("83", b"\1")
        + element("86", b"V_UNCOMPRESSED")
    )
    tracks = element("1654AE6B", element("AE", track + picture + how))
    cluster = element("1F43B675", element("E7", b"\0") + element("A3", b"\x81\0\0\x80" + frame))
    return tracks + cluster


def _avi() -> Iterator[tuple[str, bytes]]:
    honest = film(PICTURES, "avi")
    yield "avi of 4 GB", _with(honest, 4, struct.pack("<I", LARGE))
    yield (
        "avi of 65,535 x 65,535",
        _with(honest, honest.index(b"strf") + 12, struct.pack("<ii", 65_535, 65_535)),
    )
    yield "avi of a bent stream", _with(honest, honest.index(b"strh") + 8, b"\xff" * 48)
    yield "avi of a bent index", _with(honest, honest.index(b"idx1") + 4, b"\xff" * 64)
    yield "avi of a bent main header", _with(honest, honest.index(b"avih") + 8, b"\xff" * 56)
    yield "avi of 2 GB of colours", _with(honest, honest.index(b"strf") + 4, struct.pack("<I", 2**31 - 1))
    lists = b"LIST" + struct.pack("<I", 2**31) + b"hdrl"
    yield "avi of 20,000 lists in each other", chunk(b"RIFF", b"AVI " + lists * 20_000)
    yield "avi of 100,000 empty chunks", chunk(b"RIFF", b"AVI " + chunk(b"JUNK", b"") * 100_000)
    yield "avi of bent coded pictures", _with(honest, honest.index(b"00dc") + 40, b"\xa5" * 3000)
