"""Copies of harmless photographs as others would pass them on: always in other bytes."""

import io
import random

from PIL import Image

from haetae.story.pictures import photo

_chance = random.Random(7)  # the same copies in every run


def saved_again(data: bytes, *, kind: str = "JPEG", share: float = 0.9) -> bytes:
    """A copy, a little smaller and saved again."""
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    size = (round(picture.width * share), round(picture.height * share))
    smaller = picture.resize(size, Image.Resampling.LANCZOS)
    saved = io.BytesIO()
    if kind == "JPEG":
        smaller.save(saved, "JPEG", quality=_chance.randrange(70, 92), comment=_chance.randbytes(8))
    else:
        smaller.save(saved, kind)
    return saved.getvalue()


def pattern(number: int, *, size_px: int = 640) -> bytes:
    """A picture that nobody knows: coloured tiles, other ones for each number."""
    tiles = random.Random(number)
    small = Image.frombytes("RGB", (16, 16), tiles.randbytes(16 * 16 * 3))
    saved = io.BytesIO()
    small.resize((size_px, size_px), Image.Resampling.BICUBIC).save(saved, "JPEG", quality=85)
    return saved.getvalue()


def original(name: str) -> bytes:
    return photo(name)
