"""Both hash families of what was opened, whole and without each layer of border, in every turn."""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from haetae.detect.finding import Fingerprints, PerceptualHash, Recipe, Turn, Variant
from haetae.detect.hashing.dhash import dhash_of_turns
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.pdq import pdq_of_turns, small
from haetae.detect.hashing.separable import Luma
from haetae.detect.hashing.trim import peeled


def fingerprints_of(*, frames: Sequence[Frame], sha256: str, md5: str | None = None) -> Fingerprints:
    """Hash every frame of a file with these digests. What two frames share is kept once, for the earlier one."""
    hashes = sorted(chain.from_iterable(map(_of_frame, frames)), key=lambda one: one.turn is not Turn.UPRIGHT)
    distinct: dict[tuple[Variant, str, str], PerceptualHash] = {}
    for one in hashes:
        distinct.setdefault((one.variant, one.pdq, one.dhash), one)
    return Fingerprints(sha256=sha256, md5=md5, perceptual=tuple(distinct.values()))


def _of_frame(frame: Frame) -> Iterator[PerceptualHash]:
    yield from _of_luma(frame.luma, variant=Variant.WHOLE, at_ms=frame.at_ms)
    for inner in peeled(frame.luma):
        yield from _of_luma(inner, variant=Variant.TRIMMED, at_ms=frame.at_ms)


def _of_luma(luma: Luma, *, variant: Variant, at_ms: int | None) -> Iterator[PerceptualHash]:
    luma = np.ascontiguousarray(luma)  # once, for all that reads it below
    second = dhash_of_turns(luma)
    for recipe, picture in ((Recipe.FULL, luma), (Recipe.SMALL, small(luma))):
        if picture is None:
            continue
        first = pdq_of_turns(picture)
        for turn, bits in first.bits.items():
            yield PerceptualHash(
                variant=variant,
                pdq=bits,
                pdq_quality=first.quality,
                dhash=second[turn],
                at_ms=at_ms,
                recipe=recipe,
                turn=turn,
            )
