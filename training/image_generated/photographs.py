"""Squares cut from photographs at their own resolution, one folder for each source."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
SQUARE: Final = 320  # pixels a side, so that a picture scaled to 0.7 still fills what the detector sees
_KINDS: Final = {".jpg", ".jpeg", ".png", ".webp"}
_FLAT: Final = 3.0  # levels of spread under which there is nothing to tell apart


@dataclass(frozen=True, kw_only=True)
class Source:
    """`name` is the folder's; `paths` are in a fixed order."""

    name: str
    paths: tuple[Path, ...]


def sources(photographs: Path) -> list[Source]:
    """Every folder under `photographs` that holds pictures. Raises ValueError where there is none."""
    found = []
    for folder in sorted(path for path in photographs.iterdir() if path.is_dir()):
        paths = tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS))
        if paths:
            found.append(Source(name=folder.name, paths=paths))
    if not found:
        raise ValueError(f"{photographs} holds no folder of photographs: make one for each source.")
    return found


def squares(source: Source, *, most: int, rng: Generator) -> Iterator[Pixels]:
    """At most `most` squares of a source, evenly over its photographs. Nothing is ever scaled up."""
    each = max(1, -(-most // len(source.paths)))
    left = most
    for number in rng.permutation(len(source.paths)):
        image: Any = cv2.imread(str(source.paths[int(number)]), cv2.IMREAD_COLOR)
        if image is None or min(image.shape[:2]) < SQUARE:
            continue
        for _ in range(min(each, _room(image.shape), left)):
            square = _square(image[:, :, ::-1], rng)
            if float(square.std()) >= _FLAT:
                left -= 1
                yield square
        if left <= 0:
            return


def _room(shape: tuple[int, ...]) -> int:
    """How many squares a photograph gives: overlapping ones teach the same twice."""
    return max(1, shape[0] * shape[1] // (SQUARE * SQUARE) + min(shape[:2]) // (2 * SQUARE))


def _square(image: Pixels, rng: Generator) -> Pixels:
    """A place at random, of the photograph as it is or, where it is large, averaged down to 1/2 or 1/4."""
    by = int(rng.choice([by for by in (1, 2, 4) if min(image.shape[:2]) >= SQUARE * by]))
    side = SQUARE * by
    top = int(rng.integers(image.shape[0] - side + 1))
    start = int(rng.integers(image.shape[1] - side + 1))
    inside = image[top : top + side, start : start + side]
    small: Any = cv2.resize(inside, (SQUARE, SQUARE), interpolation=cv2.INTER_AREA) if by > 1 else inside
    return np.ascontiguousarray(small)
