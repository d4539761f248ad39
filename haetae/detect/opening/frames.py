"""How many frames a picture has, without decoding them. Runs inside an opener."""

from typing import Final

from PIL import Image

MOST: Final = 10_000  # are looked at, and counting ends behind them
_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_STRAYS_MOST: Final = 1_000
_PNG_HEAD_BYTES: Final = 8


def frames_of(image: Image.Image, *, data: bytes, format_: str) -> int:
    """Count up to 10,001. Further pictures inside a JPEG file are previews that no viewer shows."""
    if format_ == "gif":
        return _gif_frames(data)
    if format_ == "jpeg":
        return 1
    frames = max(1, min(MOST + 1, getattr(image, "n_frames", 1)))
    return max(frames, _png_frames(data)) if format_ == "png" else frames


def _gif_frames(data: bytes) -> int:
    """Walk from block to block (GIF89a, appendix A); Pillow would decode each frame to count them.

    Where several break off without an end, there was one more that nobody can look at.
    """
    place, frames, strays = 13 + _palette_bytes(data[10:11]), 0, 0
    while frames <= MOST and strays <= _STRAYS_MOST and place < len(data) and data[place] != _END:
        if data[place] == _IMAGE:
            frames += 1
            place = _after_sub_blocks(data, place + 11 + _palette_bytes(data[place + 9 : place + 10]))
        elif data[place] == _EXTENSION:
            place = _after_sub_blocks(data, place + 2)
        else:  # some viewers end here, others go on
            strays, place = strays + 1, place + 1
    breaks_off = frames > 1 and data[place : place + 1] != bytes([_END])
    return max(1, min(MOST + 1, frames + breaks_off))


def _palette_bytes(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_sub_blocks(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1


def _png_frames(data: bytes) -> int:
    """Walk from chunk to chunk (PNG, third edition, 5.3): the announced number may be a lie, and viewers differ.

    Only a PNG that says before its picture that it is animated can be (11.3.6), so of others little is walked over.
    """
    place, frames, animated = _PNG_HEAD_BYTES, 0, False
    while frames <= MOST and place + 8 <= len(data):
        name = data[place + 4 : place + 8]
        if name == b"IDAT" and not animated:
            return 1
        animated |= name == b"acTL"
        frames += name == b"fcTL"
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return max(1, frames)
