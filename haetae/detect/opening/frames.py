"""How many frames a picture has, without decoding them. Runs inside an opener."""

from typing import Final

from PIL import Image

MOST: Final = 10_000
_IMAGE, _EXTENSION = 0x2C, 0x21


def frames_of(image: Image.Image, *, data: bytes, format_: str) -> int:
    """Count up to 10,000. Further pictures inside a JPEG file are previews that no viewer shows."""
    if format_ == "gif":
        return _gif_frames(data)
    return 1 if format_ == "jpeg" else max(1, min(MOST, getattr(image, "n_frames", 1)))


def _gif_frames(data: bytes) -> int:
    """Walk from block to block (GIF89a, appendix A); Pillow would decode each frame to count them."""
    place = 13 + _palette_bytes(data[10])
    frames = 0
    while frames < MOST and place < len(data) and data[place] in {_IMAGE, _EXTENSION}:
        if data[place] == _IMAGE:
            frames += 1
            place += 11 + _palette_bytes(data[place + 9] if place + 9 < len(data) else 0)
        else:
            place += 2
        place = _after_sub_blocks(data, place)
    return max(1, frames)


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_sub_blocks(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1
