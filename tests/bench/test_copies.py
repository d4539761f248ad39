import numpy as np

from bench.pictures import copies, known_picture


def test_the_same_seed_gives_the_same_copies_and_no_two_have_equal_bytes() -> None:
    known = known_picture()
    first, again = (copies(known, count=6, seed=3) for _ in range(2))
    assert first == again
    assert len(set(first)) == 6
    assert copies(known, count=6, seed=4) != first


def test_the_original_is_known_by_both_families() -> None:
    entry = known_picture().in_bank()
    assert entry.sha256
    assert entry.pdq
    assert entry.dhash
    assert known_picture().luma.dtype == np.uint8
