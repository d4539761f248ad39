"""Photographs of one megapixel, as a platform gets them: variations of a known one and of others, mixed."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PIL import Image, ImageEnhance

from bench.pictures import Known, UnfitPictureError
from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.finding import Verdict
from haetae.story.pictures import photo

PIXELS = 1_000_000
_OTHERS = ("rocket", "gravel")


@dataclass(frozen=True, kw_only=True)
class Photograph:
    """A colour JPEG, and whether it may be published."""

    data: bytes
    publish: bool


def photographs(known: Known, name: str, *, count: int, seed: int) -> Sequence[Photograph]:
    """Every other one is the known photograph `name`; the same seed gives the same ones, no two have equal bytes.

    Each is examined here first. Raises UnfitPictureError where one would not be judged as it must be.
    """
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    made = [
        Photograph(data=_varied(name, draw), publish=False)
        if number % 2 == 0
        else Photograph(data=_varied(draw.choice(_OTHERS), draw), publish=True)
        for number in range(count)
    ]
    bank = Bank([known.in_bank()])
    with OpenerPool(size=1) as openers:
        for number, one in enumerate(made):
            verdict = examine(one.data, bank=bank, openers=openers).verdict
            if verdict is not (Verdict.NOTHING if one.publish else Verdict.REQUEST):
                raise UnfitPictureError(f"Photograph {number} is judged {verdict}; choose another --seed.")
    return made


def _varied(name: str, draw: random.Random) -> bytes:
    with Image.open(io.BytesIO(photo(name))) as original:
        scale = sqrt(PIXELS / (original.width * original.height))
        size = (round(original.width * scale), round(original.height * scale))
        larger = original.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    brighter = ImageEnhance.Brightness(larger).enhance(draw.uniform(0.9, 1.1))
    saved = io.BytesIO()
    brighter.save(
        saved, "JPEG", quality=draw.randint(75, 92), comment=f"{draw.getrandbits(64):016x}".encode()
    )
    return saved.getvalue()
