"""The whole set of hostile files, made in memory, the same every time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.detect import film_files as boxes
from tests.detect import media_files as made
from tests.detect.disguises import disguises
from tests.detect.film_files import film
from tests.detect.hostile_films import films
from tests.detect.hostile_pictures import pictures
from tests.detect.patterns import waves

PICTURE = waves(height=60, width=84, seed=2)
SCENES = [waves(height=48, width=64, seed=seed) for seed in range(12)]
PERCENTS = (1, 10, 25, 50, 75, 90, 99)
FLIPS_EACH = 5


def honest_files() -> dict[str, bytes]:
    """One of each kind that is opened."""
    stills = {
        name: made.encoded(PICTURE, name.upper()) for name in ("jpeg", "png", "gif", "webp", "bmp", "avif")
    }
    moving = {name: film(SCENES, name) for name in ("mp4", "matroska", "webm", "avi")}
    return {**stills, "heic": boxes.heic(PICTURE), **moving}


def truncated() -> Iterator[tuple[str, bytes]]:
    for name, data in honest_files().items():
        for percent in PERCENTS:
            yield f"{percent} % of a {name}", data[: len(data) * percent // 100]


def bent() -> Iterator[tuple[str, bytes]]:
    """Bits flipped, bytes struck, and noise behind an honest beginning."""
    random = np.random.default_rng(3)
    for name, data in honest_files().items():
        for number in range(FLIPS_EACH):
            copy = np.frombuffer(data, dtype=np.uint8).copy()
            places = random.integers(0, min(len(copy), 400 * (1 + number)), 1 + 2 * number)
            copy[places] ^= np.uint8(1) << random.integers(0, 8, len(places)).astype(np.uint8)
            yield f"{name} with flipped bits, {number + 1}", copy.tobytes()
        yield f"{name} that becomes noise", data[: len(data) // 3] + random.bytes(4000)


def hostile_files() -> dict[str, bytes]:
    """By name. The disguises point to a file that is not there, and to a port on which nobody listens."""
    other = disguises(other=Path("/nowhere/film.ts"), port=9)
    return {**dict(pictures()), **dict(films()), **other, **dict(truncated()), **dict(bent())}
