"""Where a file keeps statements about itself: found by walking over its parts, without decoding a picture.

Bounded in parts, bytes and inflated bytes, and never raises: what is broken ends the walk.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from haetae.detect.media import recognise

PARTS_MOST: Final = 4_096
FIELDS_MOST: Final = 64
FIELD_BYTES_MOST: Final = 1024 * 1024
STORE_BYTES_MOST: Final = 16 * 1024 * 1024  # a manifest store may hold small pictures
_ALL_BYTES_MOST: Final = 2 * 1024 * 1024
_STORES_MOST: Final = 4
_C2PA_UUID: Final = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP_IN_JPEG: Final = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_IN_PNG: Final = "XML:com.adobe.xmp"


@dataclass(frozen=True, kw_only=True)
class Field:
    """`kind` is "text" (with its `name`), "exif" (a TIFF header first), "xmp" or "credentials" (JUMBF boxes)."""

    kind: str
    content: bytes
    name: str = ""


def fields_of(data: bytes) -> tuple[Field, ...]:
    """At most FIELDS_MOST fields, none longer than its limit; longer ones are left out."""
    readers = {"png": _png, "jpeg": _jpeg, "webp": _webp, "mp4": _boxes, "heic": _boxes, "avif": _boxes}
    reader = readers.get(recognise(data).format)
    found: list[Field] = []
    left, stores = _ALL_BYTES_MOST, _STORES_MOST
    for field in islice(reader(data), FIELDS_MOST) if reader else ():
        if field.kind == "credentials":
            limit, stores = STORE_BYTES_MOST, stores - 1
        else:
            limit, left = FIELD_BYTES_MOST, left - len(field.content)
        if left < 0 or stores < 0:
            break
        if len(field.content) <= limit:
            found.append(field)
    return tuple(found)


def _png(data: bytes) -> Iterator[Field]:
    place, inflating = 8, FIELDS_MOST
    for _ in range(PARTS_MOST):
        if place + 12 > len(data):
            return
        length, name = struct.unpack_from(">I4s", data, place)
        if name in {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"caBX"} and length <= STORE_BYTES_MOST:
            content = data[place + 8 : place + 8 + length]
            inflating -= 1
            if inflating < 0:
                return
            yield from _png_field(name, content)
        place += 12 + length


def _png_field(name: bytes, content: bytes) -> Iterator[Field]:
    if name == b"eXIf":
        yield Field(kind="exif", content=content)
    elif name == b"caBX":
        yield Field(kind="credentials", content=content)
    else:
        key, _, rest = content.partition(b"\0")
        keyword = key[:80].decode("latin-1")
        text = _png_text(name, rest)
        yield Field(kind="xmp" if keyword == _XMP_IN_PNG else "text", content=text, name=keyword)


def _png_text(name: bytes, rest: bytes) -> bytes:
    """The text in bytes; that of tEXt and zTXt is Latin-1, though many write UTF-8 there all the same."""
    if name == b"tEXt":
        return rest
    if name == b"zTXt":
        return _inflated(rest[1:])
    packed, (_language, _, rest) = rest[:1] == b"\1", rest[2:].partition(b"\0")
    text = rest.partition(b"\0")[2]
    return _inflated(text) if packed else text


def _inflated(packed: bytes) -> bytes:
    """Empty where it is broken or grows beyond what a field may have."""
    try:
        inflater = zlib.decompressobj()
        text = inflater.decompress(packed, FIELD_BYTES_MOST + 1)
    except zlib.error:
        return b""
    return text if len(text) <= FIELD_BYTES_MOST else b""


def _jpeg(data: bytes) -> Iterator[Field]:
    place = 2
    stores: dict[bytes, bytearray] = {}
    for _ in range(PARTS_MOST):
        if place + 4 > len(data) or data[place] != 0xFF or data[place + 1] == 0xDA:
            break
        marker, length = data[place + 1], struct.unpack_from(">H", data, place + 2)[0]
        content = data[place + 4 : place + 2 + length]
        if marker == 0xE1 and content.startswith(b"Exif\0\0"):
            yield Field(kind="exif", content=content[6:])
        elif marker == 0xE1 and content.startswith(_XMP_IN_JPEG):
            yield Field(kind="xmp", content=content[len(_XMP_IN_JPEG) :])
        elif marker == 0xEB and content.startswith(b"JP") and len(content) > 16:
            # Segments of one box share a number and repeat its header of 8 bytes.
            store = stores.setdefault(content[2:4], bytearray())
            store += content[16:] if store else content[8:]
        place += 2 + max(2, length)
    yield from (Field(kind="credentials", content=bytes(store)) for store in stores.values())


def _webp(data: bytes) -> Iterator[Field]:
    place = 12
    kinds = {b"EXIF": "exif", b"XMP ": "xmp", b"C2PA": "credentials"}
    for _ in range(PARTS_MOST):
        if place + 8 > len(data):
            return
        name, length = struct.unpack_from("<4sI", data, place)
        if name in kinds and length <= STORE_BYTES_MOST:
            content = data[place + 8 : place + 8 + length]
            yield Field(kind=kinds[name], content=content.removeprefix(b"Exif\0\0"))
        place += 8 + length + length % 2


def _boxes(data: bytes) -> Iterator[Field]:
    """C2PA's box among the outermost of MP4, HEIC and AVIF; other statements in these are not read."""
    place = 0
    for _ in range(PARTS_MOST):
        if place + 24 > len(data):
            return
        size, name = struct.unpack_from(">I4s", data, place)
        size = struct.unpack_from(">Q", data, place + 8)[0] if size == 1 else size or len(data) - place
        if name == b"uuid" and data[place + 8 : place + 24] == _C2PA_UUID and size <= STORE_BYTES_MOST:
            purpose, _, rest = data[place + 28 : place + size].partition(b"\0")
            if purpose == b"manifest":
                yield Field(kind="credentials", content=rest[8:])
        place += max(8, size)
