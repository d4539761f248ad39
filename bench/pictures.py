"""One known photograph of a harmless thing, and as many different copies of it as are asked for."""

import io
import random
from dataclasses import dataclass

from PIL import Image

from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.finding import Fingerprints, Verdict
from haetae.detect.hashing.separable import Luma
from haetae.detect.matching import KnownHash, Tier
from haetae.story.pictures import photo

SMALLEST_SHARE, LARGEST_SHARE = 0.6, 1.0
LOWEST_QUALITY, HIGHEST_QUALITY = 70, 92


class UnfitPictureError(Exception):
    """A copy is not recognised, so that nothing could be measured with it."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """The original as the bank knows it, and its grey pixels (H x W, uint8)."""

    fingerprints: Fingerprints
    luma: Luma

    def in_bank(self) -> KnownHash:
        whole = self.fingerprints.perceptual[0]
        return KnownHash(
            entry_id="bench",
            list_name="bench",
            tier=Tier.COUNSELLOR_CHECKED,
            sha256=self.fingerprints.sha256,
            pdq=whole.pdq,
            dhash=whole.dhash,
        )


def known_picture(name: str = "coffee") -> Known:
    """One of the story's photographs, opened in the isolated opener and hashed."""
    data = photo(name)
    with OpenerPool(size=1) as openers:
        finding = examine(data, bank=Bank(()), openers=openers)
        if finding.fingerprints is None or not finding.fingerprints.perceptual:
            raise UnfitPictureError(f"The photograph {name} could not be opened.")
        return Known(fingerprints=finding.fingerprints, luma=openers.open(data).luma)


def copies(known: Known, *, count: int, seed: int) -> list[bytes]:
    """`count` JPEG files of it, smaller and saved again; the same seed gives the same ones, no two have equal bytes.

    Each is examined here first. Raises UnfitPictureError where one is not recognised.
    """
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    original = Image.fromarray(known.luma)
    made = [_copy(original, draw, number=number) for number in range(count)]
    bank = Bank([known.in_bank()])
    with OpenerPool(size=1) as openers:
        for number, copy in enumerate(made):
            if examine(copy, bank=bank, openers=openers).verdict is not Verdict.REQUEST:
                raise UnfitPictureError(f"Copy {number} is not recognised; choose another --seed.")
    return made


def _copy(original: Image.Image, draw: random.Random, *, number: int) -> bytes:
    share = draw.uniform(SMALLEST_SHARE, LARGEST_SHARE)
    size = (round(original.width * share), round(original.height * share))
    saved = io.BytesIO()
    original.resize(size, Image.Resampling.LANCZOS).save(
        saved,
        "JPEG",
        quality=draw.randint(LOWEST_QUALITY, HIGHEST_QUALITY),
        comment=f"{number}-{draw.getrandbits(64):016x}".encode(),
    )
    return saved.getvalue()
