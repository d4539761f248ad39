"""Short films and the pictures of modern cameras, made in memory; their boxes are written by hand."""

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import BytesIO

import av
import numpy as np

from tests.detect.patterns import Luma

FRAMES_PER_SECOND = 10
CODECS = {
    "mp4": ("libx264", "yuv420p"),
    "mov": ("mjpeg", "yuvj420p"),
    "matroska": ("libx265", "yuv420p"),
    "webm": ("libvpx-vp9", "yuv420p"),
    "avi": ("mpeg4", "yuv420p"),
}
# Nobody looks at how small these films are, and every test waits for them.
SOON = {
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libsvtav1": {"preset": "12", "svtav1-params": "lp=1"},
}


def film(
    pictures: Iterable[Luma], container: str = "mp4", *, keyframe_every: int = 5, codec: str | None = None
) -> bytes:
    """A film of gray pictures, all of one even size; every `keyframe_every`-th stands for itself."""
    written = BytesIO()
    usual, pixels = CODECS[container]
    with av.open(written, "w", format=container) as output:
        stream = None
        for number, picture in enumerate(pictures):
            if stream is None:
                stream = output.add_stream(
                    codec or usual, rate=FRAMES_PER_SECOND, options=SOON.get(codec or usual, {})
                )
                stream.height, stream.width = picture.shape
                stream.pix_fmt = pixels
                stream.bit_rate = 4_000_000
                stream.codec_context.gop_size = keyframe_every
                stream.codec_context.thread_count = 1
            frame = av.VideoFrame.from_ndarray(picture, format="gray")
            frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
            output.mux(stream.encode(frame))
        assert stream is not None
        output.mux(stream.encode())
    return written.getvalue()


def box(name: bytes, *contents: bytes) -> bytes:
    """A box of ISO/IEC 14496-12: its length, its name, its contents."""
    body = b"".join(contents)
    return struct.pack(">I", 8 + len(body)) + name + body


def full_box(name: bytes, *contents: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *contents)


def hevc_still(picture: Luma, *, pixels: str = "yuv420p") -> tuple[bytes, bytes]:
    """One picture in HEVC: its decoder configuration (hvcC) and its coded bytes."""
    written = BytesIO()
    with av.open(written, "w", format="mp4") as output:
        quiet = {"x265-params": "log-level=none:keyint=1", "crf": "4"}
        stream = output.add_stream("libx265", rate=1, options=quiet)
        stream.height, stream.width = picture.shape
        stream.pix_fmt = pixels
        frame = av.VideoFrame.from_ndarray(picture, format="gray")
        output.mux([*stream.encode(frame), *stream.encode()])
    with av.open(BytesIO(written.getvalue())) as film_of_one:
        coded = next(bytes(packet) for packet in film_of_one.demux(video=0) if packet.size)
        configuration = film_of_one.streams.video[0].codec_context.extradata
    assert configuration is not None
    return configuration, coded


def heic(
    picture: Luma,
    *,
    size: tuple[int, int] | None = None,
    turns: Sequence[bytes] = (),
    pixels: str = "yuv420p",
    orientation: int | None = None,
) -> bytes:
    """A HEIC picture of one item. `size` (width, height) is what its header claims, true unless told."""
    configuration, coded = hevc_still(picture, pixels=pixels)
    width, height = size or picture.shape[::-1]
    properties = [
        box(b"hvcC", configuration),
        full_box(b"ispe", struct.pack(">II", width, height)),
        *turns,
    ]
    return heif(brand=b"heic", kind=b"hvc1", coded=coded, properties=properties, exif=_exif(orientation))


def irot(quarters: int) -> bytes:
    """Turn anticlockwise by this many quarters (ISO/IEC 23008-12, 6.5.10)."""
    return box(b"irot", bytes([quarters]))


def imir(axis: int) -> bytes:
    return box(b"imir", bytes([axis]))


def collection(pictures: Sequence[Luma]) -> bytes:
    """A HEIC of several pictures of one size; the first is the primary one."""
    stills = [hevc_still(one) for one in pictures]
    height, width = pictures[0].shape
    properties = [box(b"hvcC", stills[0][0]), full_box(b"ispe", struct.pack(">II", width, height))]
    first, *others = [coded for _, coded in stills]
    return heif(brand=b"heic", kind=b"hvc1", coded=first, properties=properties, others=others)


def heif(
    *,
    brand: bytes,
    kind: bytes,
    coded: bytes,
    properties: Sequence[bytes],
    exif: bytes = b"",
    others: Sequence[bytes] = (),
) -> bytes:
    """A HEIF file with one picture, its properties in the given order, and perhaps its EXIF, or other pictures."""
    start = box(b"ftyp", brand, bytes(4), b"mif1", brand)
    items = [(1, kind, coded)] + ([(2, b"Exif", exif)] if exif else [])
    items += [(number, kind, other) for number, other in enumerate(others, start=3)]
    names = [
        full_box(b"infe", struct.pack(">HH", number, 0), name, b"\0", version=2) for number, name, _ in items
    ]
    links = bytes(0x80 * (place < 2) | place + 1 for place in range(len(properties)))
    pictures = [
        struct.pack(">HB", number, len(properties)) + links for number, name, _ in items if name == kind
    ]
    reference = [full_box(b"iref", box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))] if exif else []

    def head(places: Sequence[int]) -> bytes:
        rows = [
            struct.pack(">HHHII", number, 0, 1, place, len(content))
            for (number, _, content), place in zip(items, places, strict=True)
        ]
        return full_box(
            b"meta",
            full_box(b"hdlr", bytes(4), b"pict", bytes(13)),
            full_box(b"pitm", struct.pack(">H", 1)),
            full_box(b"iloc", b"\x44\x00", struct.pack(">H", len(items)), *rows),
            full_box(b"iinf", struct.pack(">H", len(items)), *names),
            *reference,
            box(
                b"iprp",
                box(b"ipco", *properties),
                full_box(b"ipma", struct.pack(">I", len(pictures)), *pictures),
            ),
        )

    first = len(start) + len(head([0] * len(items))) + 8
    places = [first + sum(len(content) for _, _, content in items[:number]) for number in range(len(items))]
    return start + head(places) + box(b"mdat", *(content for _, _, content in items))


def _exif(orientation: int | None) -> bytes:
    """An EXIF block of one entry, with the four bytes that HEIF puts before it."""
    if orientation is None:
        return b""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return struct.pack(">I", 6) + b"Exif\0\0" + b"MM\0\x2a\0\0\0\x08\0\x01" + entry + bytes(4)


def noise_frames(*, height: int, width: int, count: int) -> list[Luma]:
    """Frames of which none resembles another."""
    random = np.random.default_rng(7)
    return [random.integers(0, 256, (height, width), dtype=np.uint8) for _ in range(count)]
