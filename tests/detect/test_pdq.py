"""PDQ against Meta's own C++.

pdq_reference.json was measured with the package pdqhash 0.2.8, which compiles Meta's C++ code. For each row
the pattern of that name in patterns.py was made with that size and seed and handed to pdqhash.compute() as
three equal channels; bits and quality are its answer. All 54 pictures agreed in every bit and in quality.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from haetae.detect.hashing.dhash import dhash
from haetae.detect.hashing.pdq import pdq
from haetae.detect.matching.distance import distance_bits
from tests.detect import patterns

REFERENCE: list[dict[str, Any]] = json.loads(Path(__file__).with_name("pdq_reference.json").read_text())


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row['pattern']}-{row['height']}x{row['width']}")
def test_every_bit_and_the_quality_equal_those_of_the_reference(row):
    make = getattr(patterns, row["pattern"])
    hashed = pdq(make(height=row["height"], width=row["width"], seed=row["seed"]))
    assert (distance_bits(hashed.bits, row["pdq"]), hashed.quality) == (0, row["quality"])


def test_a_sliver_has_no_hash_and_no_quality():
    assert pdq(patterns.noise(height=4, width=400, seed=1)).quality == 0


def test_a_plain_picture_has_quality_zero():
    assert pdq(np.full((300, 400), 77, dtype=np.uint8)).quality == 0


def test_a_view_that_is_not_contiguous_is_hashed_like_its_copy():
    turned = patterns.waves(height=200, width=301, seed=2).T[::-1]
    assert pdq(turned) == pdq(turned.copy())


def test_a_picture_that_must_not_be_written_to_is_hashed_like_any_other():
    picture = patterns.waves(height=200, width=301, seed=3)
    locked = picture.copy()
    locked.flags.writeable = False
    assert (pdq(locked), dhash(locked)) == (pdq(picture), dhash(picture))
