"""PDQ against Meta's own C++ (the package pdqhash) on hundreds of made pictures.

Both compute with 32 bits a number and add in another order. Where a frequency is tied with the median, as nearly
all are in a plain picture or a ramp, the bit is the rounding error of whoever computed it. In 900 pictures no bit
differed whose frequency lay more than 0.00007 from the median; those of a photograph lie tens away.
"""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of

from haetae.detect.hashing import pdq as ours
from haetae.detect.hashing.kernels import low_frequencies_kernel, shrunk
from haetae.detect.matching.distance import distance_bits
from tests.detect import patterns
from tests.detect.patterns import Luma

TIED = 0.0005
TEXTURED = (patterns.waves, patterns.blocks, patterns.noise)
SIDES = any_of.integers(min_value=5, max_value=900)
SEEDS = any_of.integers(min_value=0, max_value=2**32 - 1)


def ramp(*, height: int, width: int, seed: int) -> Luma:
    first, last = np.random.default_rng(seed).integers(0, 256, 2)
    return np.tile(np.linspace(first, last, width).astype(np.uint8), (height, 1))


def plain(*, height: int, width: int, seed: int) -> Luma:
    return np.full((height, width), seed % 256, dtype=np.uint8)


def ink(*, height: int, width: int, seed: int) -> Luma:
    return np.random.default_rng(seed).integers(0, 2, (height, width), dtype=np.uint8) * np.uint8(255)


def decided(picture: Luma) -> Luma:
    """Where (256) a frequency lies clearly above or below the median, so that rounding cannot decide its bit."""
    down, across = ours._tents(picture.shape[0]), ours._tents(picture.shape[1])
    block = shrunk(picture, down=down, across=across)
    frequencies = low_frequencies_kernel(block, ours._COSINES).ravel()
    return np.abs(frequencies - np.sort(frequencies)[127]) > TIED


def bits(digits: str) -> Luma:
    return np.unpackbits(np.frombuffer(bytes.fromhex(digits), dtype=np.uint8))[::-1]


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(make=any_of.sampled_from([*TEXTURED, ink, ramp, plain]), height=SIDES, width=SIDES, seed=SEEDS)
def test_the_quality_and_every_bit_that_rounding_does_not_decide_are_those_of_meta(
    peers, make, height, width, seed
):
    picture = make(height=height, width=width, seed=seed)
    hashed, theirs = ours.pdq(picture), peers.pdqhash(picture)
    differ = bits(hashed.bits) != bits(theirs.pdq)
    assert hashed.quality == theirs.quality
    assert not (differ & decided(picture)).any()


@pytest.mark.parametrize("make", TEXTURED, ids=lambda make: make.__name__)
def test_a_picture_with_something_in_it_has_the_whole_hash_of_meta_or_one_swapped_pair(peers, make):
    sizes = np.random.default_rng(5).integers(64, 900, (100, 2)).tolist()
    made = [make(height=height, width=width, seed=seed) for seed, (height, width) in enumerate(sizes)]
    distances = [distance_bits(ours.pdq(one).bits, peers.pdqhash(one).pdq) for one in made]
    assert max(distances) <= 2
    assert distances.count(0) >= 96


def test_a_plain_picture_is_never_compared_because_neither_finds_quality_in_it(peers):
    picture = plain(height=300, width=400, seed=77)
    assert (ours.pdq(picture).quality, peers.pdqhash(picture).quality) == (0, 0)
