"""A film becomes few hashes: what stands still is kept once, with its time."""

import numpy as np
import pytest

from haetae.detect import Frame, Turn
from haetae.detect.finding import Stretch, Variant
from haetae.detect.hashing.dhash import dhash, dhash_of_turns
from haetae.detect.hashing.pdq import pdq, pdq_of_turns
from haetae.detect.hashing.series import KEPT_MOST, Series, to_keep
from tests.detect.media_files import bordered
from tests.detect.patterns import blocks, waves

SCENES = [waves(height=96, width=128, seed=seed) for seed in range(4)]


def series_of(pictures, **more) -> Series:
    series = Series()
    for number, picture in enumerate(pictures):
        series.add(Frame(luma=picture, at_ms=40 * number, **more))
    return series


def limited(picture) -> np.ndarray:
    """As most films keep brightness: black is 16, white is 235."""
    return np.rint(16 + picture * (219 / 255)).astype(np.uint8)


def test_what_stands_still_is_kept_once_with_its_time():
    series = series_of([SCENES[0]] * 5 + [SCENES[1]] * 3 + [SCENES[0]])
    assert series.frames == 9
    assert [(one.from_ms, one.to_ms) for one in series.stretches] == [(0, 160), (200, 280), (320, 320)]


@pytest.mark.parametrize(("make", "most"), [(blocks, 1), (waves, 10)])
def test_noise_makes_few_new_stretches_of_a_frame_of_usual_size(make, most):
    """Waves have hardly an edge, so that their hashes hang on little; things have edges, as blocks do."""
    random, still = np.random.default_rng(1), make(height=270, width=480, seed=0)
    noisy = [np.clip(still + random.normal(0, 3, still.shape), 0, 255).astype(np.uint8) for _ in range(30)]
    assert len(series_of(noisy).stretches) <= most


def test_a_slow_change_is_followed_by_new_stretches_so_that_nothing_drifts_away():
    wide = waves(height=96, width=328, seed=9)
    moving = [np.ascontiguousarray(wide[:, step : step + 128]) for step in range(200)]
    series = series_of(moving)
    assert 10 < len(series.stretches) < 200
    for number, picture in enumerate(moving):
        held = next(one for one in reversed(series.stretches) if one.from_ms <= 40 * number)
        assert (int(held.whole.pdq, 16) ^ int(pdq(picture).bits, 16)).bit_count() <= 6


def test_a_stretch_is_asked_for_upright_and_mirrored_and_within_its_borders():
    series = series_of([bordered(SCENES[0], bar_px=20, gray=0)])
    (stretch,) = series.stretches
    assert {(one.variant, one.turn) for one in stretch.hashes} == {
        (variant, turn)
        for variant in (Variant.WHOLE, Variant.TRIMMED)
        for turn in (Turn.UPRIGHT, Turn.MIRRORED)
    }
    assert (stretch.whole.variant, stretch.whole.turn) == (Variant.WHOLE, Turn.UPRIGHT)


@pytest.mark.parametrize("make", [waves, blocks])
@pytest.mark.parametrize("seed", range(5))
def test_brightness_of_the_limited_range_is_hashed_as_if_it_were_full(make, seed):
    picture = make(height=270, width=480, seed=seed)
    gain = Frame(luma=picture, full_range=False).gain
    known, seen = pdq(picture), pdq_of_turns(limited(picture), turns=(Turn.UPRIGHT,), gain=gain)
    assert (int(known.bits, 16) ^ int(seen.bits[Turn.UPRIGHT], 16)).bit_count() <= 4
    assert abs(known.quality - seen.quality) <= 3
    second = dhash_of_turns(limited(picture), turns=(Turn.UPRIGHT,), gain=gain)[Turn.UPRIGHT]
    assert (int(dhash(picture), 16) ^ int(second, 16)).bit_count() <= 4


def test_without_the_gain_a_film_would_look_plainer_than_it_is():
    picture = waves(height=270, width=480, seed=0) // 6 + 100
    dim = limited(picture)
    assert pdq_of_turns(dim, gain=255 / 219).quality > pdq_of_turns(dim).quality


def test_what_is_kept_is_bounded_and_leaves_out_black_frames():
    black = np.zeros((96, 128), dtype=np.uint8)
    series = series_of([SCENES[0], black, SCENES[1]])
    assert [one.from_ms for one in to_keep(series.stretches)] == [0, 80]
    many = [Stretch(from_ms=n, to_ms=n, hashes=series.stretches[0].hashes) for n in range(2500)]
    kept = to_keep(many)
    assert 800 < len(kept) <= KEPT_MOST
    assert (kept[0].from_ms, kept[-1].from_ms) == (0, 2499)
