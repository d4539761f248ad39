"""The frames of a film as few hashes: frames that look alike and follow each other are kept once, with their time."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from haetae.detect.finding import PerceptualHash, Recipe, Stretch, Turn, Variant
from haetae.detect.hashing.dhash import dhash_of_turns
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH, TurnedPdq, pdq_of_turns
from haetae.detect.hashing.separable import Luma
from haetae.detect.hashing.trim import peeled

# Off the first frame of a stretch. Noise of three gray steps, encoded as H.264, moved made pictures of 480 x 270
# pixels and more by 0 to 6 bits, seldom more; and what a match may lose by it is a fifth of PDQ's reach.
ALIKE_BITS: Final = 6
# A mirror is a usual disguise of films; other turns are asked for in the sample of the film alone.
TURNS: Final = (Turn.UPRIGHT, Turn.MIRRORED)
KEPT_MOST: Final = 1_000


@dataclass(kw_only=True)
class Series:
    """Add frames in order of time; their luma is not needed afterwards. `frames` counts them."""

    frames: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    _bits: int = 0

    def add(self, frame: Frame) -> None:
        at_ms = frame.at_ms or 0
        both = pdq_of_turns(frame.luma, turns=TURNS, gain=frame.gain)
        bits = int(both.bits[Turn.UPRIGHT], 16)
        self.frames += 1
        if self.stretches and (bits ^ self._bits).bit_count() <= ALIKE_BITS:
            last = self.stretches[-1]
            self.stretches[-1] = replace(last, to_ms=max(last.to_ms, at_ms))
            return
        self._bits = bits
        hashes = tuple(_hashes(frame, pdq=both, at_ms=at_ms))
        self.stretches.append(Stretch(from_ms=at_ms, to_ms=at_ms, hashes=hashes))


def to_keep(stretches: list[Stretch]) -> list[Stretch]:
    """Those that say something, thinned out evenly where there are too many to keep."""
    telling = [one for one in stretches if one.whole.pdq_quality >= QUALITY_TO_MATCH]
    step = max(1, -(-len(telling) // KEPT_MOST))
    return telling[::step]


def _hashes(frame: Frame, *, pdq: TurnedPdq, at_ms: int) -> Iterator[PerceptualHash]:
    yield from _of_luma(frame.luma, pdq=pdq, gain=frame.gain, variant=Variant.WHOLE, at_ms=at_ms)
    for inner in peeled(frame.luma):
        first = pdq_of_turns(inner, turns=TURNS, gain=frame.gain)
        yield from _of_luma(inner, pdq=first, gain=frame.gain, variant=Variant.TRIMMED, at_ms=at_ms)


def _of_luma(
    luma: Luma, *, pdq: TurnedPdq, gain: float, variant: Variant, at_ms: int
) -> Iterator[PerceptualHash]:
    second = dhash_of_turns(luma, turns=TURNS, gain=gain)
    for turn in TURNS:
        yield PerceptualHash(
            variant=variant,
            pdq=pdq.bits[turn],
            pdq_quality=pdq.quality,
            dhash=second[turn],
            at_ms=at_ms,
            recipe=Recipe.FULL,
            turn=turn,
        )
