"""The second hash family and the cutting of borders."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from haetae.detect.hashing.dhash import dhash
from haetae.detect.hashing.trim import peeled
from haetae.detect.matching.distance import distance_bits
from tests.detect.media_files import bordered, encoded
from tests.detect.patterns import Luma, noise, waves


def inside(framed: Luma) -> Luma:
    """What is left when every layer of border is off."""
    return list(peeled(framed))[-1]


def test_a_ramp_to_the_right_sets_every_bit_and_its_mirror_none():
    ramp = np.tile(np.arange(170, dtype=np.uint8), (64, 1))
    assert dhash(ramp) == "f" * 64
    assert dhash(ramp[:, ::-1]) == "0" * 64


def test_bits_run_row_by_row_from_the_highest():
    picture = np.zeros((16, 17), dtype=np.uint8)
    picture[0, 1:] = 200
    assert dhash(picture) == "8" + "0" * 63


def test_half_the_size_is_nearly_the_same_hash():
    large = waves(height=600, width=800, seed=3)
    assert distance_bits(dhash(large), dhash(large[::2, ::2])) <= 8


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (16, 17), (33, 31)])
def test_any_size_has_a_hash(shape):
    assert len(dhash(noise(height=shape[0], width=shape[1], seed=4))) == 64


@pytest.mark.parametrize("gray", [0, 128, 255])
def test_bars_above_and_below_are_cut_to_the_pixel(gray):
    picture = noise(height=200, width=300, seed=5)
    assert np.array_equal(inside(bordered(picture, bar_px=60, gray=gray)), picture)


def test_a_letterbox_inside_a_pillarbox_is_cut_on_all_sides():
    picture = noise(height=150, width=200, seed=6)
    framed = bordered(bordered(picture, bar_px=30, gray=0).T, bar_px=40, gray=255).T
    assert np.array_equal(inside(framed), picture)


def test_noisy_bars_with_a_few_stray_pixels_are_still_bars():
    random = np.random.default_rng(7)
    framed = bordered(noise(height=200, width=300, seed=7), bar_px=40, gray=20)
    framed[:40] += random.integers(0, 9, (40, 300), dtype=np.uint8)
    framed[10, 290:292] = 255
    assert inside(framed).shape == (200, 300)


def test_each_layer_of_border_is_peeled_by_itself():
    picture = noise(height=200, width=300, seed=9)
    walled = bordered(picture, bar_px=40, gray=200)
    layers = list(peeled(bordered(walled, bar_px=50, gray=0)))
    assert [layer.shape for layer in layers] == [walled.shape, picture.shape]


@pytest.mark.parametrize("quality", [30, 60, 90])
@pytest.mark.parametrize("bar_px", [61, 64, 90])
def test_bars_are_cut_to_the_pixel_where_the_encoder_blurred_their_edge(bar_px, quality):
    picture = waves(height=256, width=300, seed=10)
    data = encoded(bordered(picture, bar_px=bar_px, gray=250), "JPEG", quality=quality)
    assert inside(np.asarray(Image.open(BytesIO(data)))).shape == (256, 300)


def test_a_picture_without_borders_is_not_cut():
    assert list(peeled(noise(height=200, width=300, seed=8))) == []


@pytest.mark.parametrize("side", [1, 4, 40, 400])
def test_a_plain_picture_is_never_cut_away(side):
    assert all(layer.size for layer in peeled(np.zeros((side, side), dtype=np.uint8)))


def test_a_plain_wall_gives_the_second_family_no_noise():
    wall = np.random.default_rng(3).integers(100, 103, (400, 400), dtype=np.uint8)
    assert dhash(wall) == "0" * 64
