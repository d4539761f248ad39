"""Landscapes that nobody has ever seen: sky, hills, a few round things, drawn from numbers. Pure."""

import struct
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

WIDTH_PX: Final = 320
HEIGHT_PX: Final = 240
_OCTAVES: Final = (4, 8, 16, 32, 64)
_THINGS_MOST: Final = 6

Colours = NDArray[np.float32]


def landscapes(seed: str, *, count: int) -> Iterator[bytes]:
    """So many pictures as BMP files, 320 x 240; the same seed gives the same bytes."""
    for number in range(count):
        yield _bmp(_landscape(np.random.default_rng([int(seed, 16), number])))


def _landscape(chance: np.random.Generator) -> Colours:
    """Colours from 0 to 1 as (height, width, 3)."""
    down = np.linspace(0.0, 1.0, HEIGHT_PX, dtype=np.float32)[:, None, None]
    sky, ground = chance.random((2, 1, 1, 3), np.float32) * np.float32(0.8) + np.float32(0.2)
    picture: Colours = sky * (1 - down / 2) + (_clouds(chance)[..., None] - np.float32(0.5)) / 4
    for depth in range(3):
        top = 0.35 + 0.18 * depth + 0.25 * (_ridge(chance) - 0.5)
        is_hill = np.arange(HEIGHT_PX)[:, None] / HEIGHT_PX > top[None, :]
        shade = ground * np.float32(0.5 + 0.2 * depth)
        colours = shade + np.float32(0.3) * (_clouds(chance)[..., None] - np.float32(0.5))
        np.copyto(picture, colours, where=is_hill[..., None])
    for _ in range(chance.integers(1, _THINGS_MOST + 1)):
        _put_a_round_thing(picture, chance)
    np.clip(picture, 0, 1, out=picture)
    return picture


def _clouds(chance: np.random.Generator) -> Colours:
    """Smooth noise from 0 to 1, coarse and fine together, as (height, width)."""
    made = np.zeros((HEIGHT_PX, WIDTH_PX), np.float32)
    for octave in _OCTAVES:
        made += _enlarged(chance.random((octave, octave), np.float32) / np.float32(octave**0.7))
    made -= made.min()
    made /= made.max()
    return made


def _ridge(chance: np.random.Generator) -> NDArray[np.float64]:
    """The same in one direction, as (width,)."""
    places = np.linspace(0.0, 1.0, WIDTH_PX)
    grids = [chance.random(octave) / octave**0.7 for octave in _OCTAVES]
    made = sum(np.interp(places, np.linspace(0.0, 1.0, len(grid)), grid) for grid in grids)
    return np.asarray((made - np.min(made)) / np.ptp(made))


def _enlarged(grid: Colours) -> Colours:
    """By straight lines between the values of the grid; number by number, so that no library orders the sums."""
    above, lower = _between(HEIGHT_PX, len(grid))
    left, further = _between(WIDTH_PX, len(grid))
    across = grid[:, left] + (grid[:, left + 1] - grid[:, left]) * further
    made = (across[1:] - across[:-1])[above]
    made *= lower[:, None]
    made += across[above]
    return made


@cache
def _between(length: int, places: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """For each of so many pixels the place of the grid before it, and how much further on it lies, from 0 to 1."""
    exact = np.linspace(0, places - 1, length)
    before = np.minimum(exact.astype(np.intp), places - 2)
    return before, (exact - before).astype(np.float32)


def _put_a_round_thing(picture: Colours, chance: np.random.Generator) -> None:
    middle = chance.uniform(0, (HEIGHT_PX, WIDTH_PX))
    wide, high = chance.uniform(8, 50, 2)
    down, across = np.ogrid[:HEIGHT_PX, :WIDTH_PX]
    inside = ((down - middle[0]) / high) ** 2 + ((across - middle[1]) / wide) ** 2 < 1.0
    picture[inside] = chance.random(3, np.float32)


def _bmp(picture: Colours) -> bytes:
    """A bitmap without compression, 24 bits a pixel, from below: its whole format is these two headers."""
    rows = np.flipud((picture * 255).astype(np.uint8))[..., ::-1].tobytes()
    of_file = struct.pack("<2sIHHI", b"BM", 54 + len(rows), 0, 0, 54)
    of_picture = struct.pack("<IiiHHIIiiII", 40, WIDTH_PX, HEIGHT_PX, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    return of_file + of_picture + rows
