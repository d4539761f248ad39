"""Landscapes that nobody has ever seen: sky, hills, a few round things, drawn from numbers. Pure."""

import struct
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

WIDTH_PX: Final = 320
HEIGHT_PX: Final = 240
_OCTAVES: Final = (4, 8, 16, 32, 64)
_THINGS_MOST: Final = 6

Colours = NDArray[np.float64]


def landscapes(seed: str, *, count: int) -> Iterator[bytes]:
    """So many pictures as BMP files, 320 x 240; the same seed gives the same bytes."""
    for number in range(count):
        yield _bmp(_landscape(np.random.default_rng([int(seed, 16), number])))


def _landscape(chance: np.random.Generator) -> Colours:
    """Colours from 0 to 1 as (height, width, 3)."""
    down = np.linspace(0.0, 1.0, HEIGHT_PX)[:, None, None]
    sky, ground = chance.uniform(0.2, 1.0, (2, 1, 1, 3))
    picture = sky * (1.0 - 0.5 * down) + np.zeros((HEIGHT_PX, WIDTH_PX, 3))
    picture = picture + 0.25 * (_clouds(chance)[..., None] - 0.5)
    for depth in range(3):
        ridge = 0.35 + 0.18 * depth + 0.25 * (_clouds(chance)[0] - 0.5)
        is_hill = np.arange(HEIGHT_PX)[:, None] / HEIGHT_PX > ridge[None, :]
        shade = ground * (0.5 + 0.2 * depth) + 0.3 * (_clouds(chance)[..., None] - 0.5)
        picture = np.where(is_hill[..., None], shade, picture)
    for _ in range(chance.integers(1, _THINGS_MOST + 1)):
        picture = _with_a_round_thing(picture, chance)
    return np.asarray(np.clip(picture, 0.0, 1.0))


def _clouds(chance: np.random.Generator) -> Colours:
    """Smooth noise from 0 to 1, coarse and fine together, as (height, width)."""
    made = np.zeros((HEIGHT_PX, WIDTH_PX))
    for octave in _OCTAVES:
        made += _enlarged(chance.uniform(size=(octave, octave))) / octave**0.7
    return np.asarray((made - made.min()) / (made.max() - made.min()))


def _enlarged(grid: Colours) -> Colours:
    """By straight lines between the values of the grid."""
    rows, columns = (np.linspace(0, len(grid) - 1, length) for length in (HEIGHT_PX, WIDTH_PX))
    places = np.arange(len(grid))
    across = np.stack([np.interp(columns, places, row) for row in grid])
    return np.stack([np.interp(rows, places, column) for column in across.T], axis=1)


def _with_a_round_thing(picture: Colours, chance: np.random.Generator) -> Colours:
    middle = chance.uniform(0, (HEIGHT_PX, WIDTH_PX))
    wide, high = chance.uniform(8, 50, 2)
    down, across = np.mgrid[:HEIGHT_PX, :WIDTH_PX]
    inside = ((down - middle[0]) / high) ** 2 + ((across - middle[1]) / wide) ** 2 < 1.0
    return np.where(inside[..., None], chance.uniform(0, 1, 3), picture)


def _bmp(picture: Colours) -> bytes:
    """A bitmap without compression, 24 bits a pixel, from below: its whole format is these two headers."""
    rows = np.flipud((picture * 255).astype(np.uint8))[..., ::-1].tobytes()
    of_file = struct.pack("<2sIHHI", b"BM", 54 + len(rows), 0, 0, 54)
    of_picture = struct.pack("<IiiHHIIiiII", 40, WIDTH_PX, HEIGHT_PX, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    return of_file + of_picture + rows
