"""Both hash families of one opened picture, whole and without each layer of border."""

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.hashing.dhash import dhash
from haetae.detect.hashing.pdq import pdq
from haetae.detect.hashing.separable import Luma
from haetae.detect.hashing.trim import peeled


def fingerprints_of(*, luma: Luma, sha256: str) -> Fingerprints:
    """Hash a gray picture (H x W, uint8) whose file has this SHA-256."""
    perceptual = [_perceptual(luma, variant=Variant.WHOLE)]
    perceptual += [_perceptual(inner, variant=Variant.TRIMMED) for inner in peeled(luma)]
    return Fingerprints(sha256=sha256, perceptual=tuple(perceptual))


def _perceptual(luma: Luma, *, variant: Variant) -> PerceptualHash:
    hashed = pdq(luma)
    return PerceptualHash(variant=variant, pdq=hashed.bits, pdq_quality=hashed.quality, dhash=dhash(luma))
