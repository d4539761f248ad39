"""Whether a film file holds what its outermost lengths promise. FFmpeg plays what is there and says nothing."""

import struct
from typing import Final

_SEGMENT: Final = b"\x18\x53\x80\x67"


def is_whole(data: bytes, *, format_: str) -> bool:
    """False where the file breaks off before the end that it announces itself."""
    return {"mp4": _boxes, "avi": _riff, "matroska": _segment}[format_](data)


def _boxes(data: bytes) -> bool:
    """Walk from box to box (ISO/IEC 14496-12, 4.2): length 1 means that eight bytes of length follow, 0 the rest."""
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if length == 1:
            length = int.from_bytes(data[place + 8 : place + 16], "big")
        if length == 0:
            return True
        if length < 8:
            return False
        place += length
    return place == len(data)


def _riff(data: bytes) -> bool:
    return 8 + int(struct.unpack_from("<I", data, 4)[0]) <= len(data)


def _segment(data: bytes) -> bool:
    """A header, then one segment that holds everything (RFC 9559); a live recording does not know its length."""
    after_header = _end_of_element(data, 4)
    if after_header is None or data[after_header : after_header + 4] != _SEGMENT:
        return False
    end = _end_of_element(data, after_header + 4)
    return end is None or end <= len(data)


def _end_of_element(data: bytes, place: int) -> int | None:
    """Where an element ends whose length is written at `place` (RFC 8794, 4); None where it says "unknown"."""
    width = 9 - data[place].bit_length() if place < len(data) else 9
    written = int.from_bytes(data[place : place + width], "big")
    length = written & ((1 << 7 * width) - 1)
    return None if length == (1 << 7 * width) - 1 else place + width + length
