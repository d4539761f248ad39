"""The few EXIF fields in which generators leave something. Bounded, and never raises."""

import struct
from typing import Final

_EXIF_POINTER: Final = 0x8769
_NAMES: Final = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x9286: "UserComment",
}
_ENTRIES_MOST: Final = 256
_UNITS: Final = {1: 1, 2: 1, 7: 1}  # bytes, characters, undefined


def texts_of(exif: bytes) -> dict[str, str]:
    """Texts by the names of their fields."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return {}
    try:
        first = struct.unpack_from(f"{order}I", exif, 4)[0]
        texts, inner = _directory(exif, first, order=order)
        return texts | (_directory(exif, inner, order=order)[0] if inner else {})
    except struct.error:
        return {}


def _directory(exif: bytes, place: int, *, order: str) -> tuple[dict[str, str], int]:
    """Its texts, and where the inner directory is or 0."""
    texts: dict[str, str] = {}
    inner = 0
    count = struct.unpack_from(f"{order}H", exif, place)[0]
    for number in range(min(count, _ENTRIES_MOST)):
        entry = place + 2 + 12 * number
        if entry + 12 > len(exif):
            break
        tag, kind, length = struct.unpack_from(f"{order}HHI", exif, entry)
        pointer = struct.unpack_from(f"{order}I", exif, entry + 8)[0]
        if tag == _EXIF_POINTER:
            inner = pointer
        elif tag in _NAMES and kind in _UNITS and _NAMES[tag] not in texts:
            start = pointer if length > 4 else entry + 8
            raw = exif[start : start + length]
            texts[_NAMES[tag]] = _comment(raw) if tag == 0x9286 else _text(raw)
    return texts, inner


def _text(raw: bytes) -> str:
    return raw.rstrip(b"\0 ").decode("utf-8", "replace")


def _comment(raw: bytes) -> str:
    """UNICODE is UTF-16 in an order that writers disagree about: letters of ours have their zero first or last."""
    code, text = raw[:8], raw[8:]
    if code.rstrip(b"\0") != b"UNICODE":
        return _text(text)
    little = text[1::2].count(0) > text[0::2].count(0)
    return text.decode("utf-16-le" if little else "utf-16-be", "replace").strip("\0 ")
