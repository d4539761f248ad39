"""Both hash families of what was opened, whole and without each layer of border."""

from collections.abc import Iterator, Sequence

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.hashing.dhash import dhash
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.pdq import pdq
from haetae.detect.hashing.separable import Luma
from haetae.detect.hashing.trim import peeled


def fingerprints_of(*, frames: Sequence[Frame], sha256: str) -> Fingerprints:
    """Hash every frame of a file with this SHA-256. What two frames share is kept once, for the earlier one."""
    perceptual: dict[tuple[Variant, str, str], PerceptualHash] = {}
    for frame in frames:
        for one in _of_frame(frame):
            perceptual.setdefault((one.variant, one.pdq, one.dhash), one)
    return Fingerprints(sha256=sha256, perceptual=tuple(perceptual.values()))


def _of_frame(frame: Frame) -> Iterator[PerceptualHash]:
    yield _perceptual(frame.luma, variant=Variant.WHOLE, at_ms=frame.at_ms)
    for inner in peeled(frame.luma):
        yield _perceptual(inner, variant=Variant.TRIMMED, at_ms=frame.at_ms)


def _perceptual(luma: Luma, *, variant: Variant, at_ms: int | None) -> PerceptualHash:
    hashed = pdq(luma)
    return PerceptualHash(
        variant=variant, pdq=hashed.bits, pdq_quality=hashed.quality, dhash=dhash(luma), at_ms=at_ms
    )
