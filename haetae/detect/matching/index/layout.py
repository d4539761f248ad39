"""How 256 bits are cut into pieces, and how far from each piece one must look.

If two hashes differ in at most 31 bits and the pieces have radii r_i with sum(r_i + 1) >= 32, then at least one
piece differs in at most r_i bits: were every piece off by r_i + 1 or more, the whole would be off by 32 or more.
Source: Norouzi, Punjani, Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", 2014.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 256
REACH_BITS: Final = 31


@dataclass(frozen=True)
class Layout:
    """For each piece its width and its radius, both in bits; the wide ones come first."""

    widths: tuple[int, ...]
    radii: tuple[int, ...]

    def __post_init__(self) -> None:
        if sum(self.widths) != BITS or sum(radius + 1 for radius in self.radii) <= REACH_BITS:
            raise ValueError("A layout must cover 256 bits and leave no pair within 31 bits unfound.")

    @cached_property
    def sizes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Widths and radii as the kernels read them."""
        return np.array(self.widths, dtype=np.int64), np.array(self.radii, dtype=np.int64)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first bit of each piece."""
        return np.concatenate([[0], np.cumsum(self.widths)[:-1]]).astype(np.int64)

    @cached_property
    def tables(self) -> NDArray[np.int64]:
        """Where the table of each piece begins in the one long table, and its end."""
        sizes = [(1 << width) + 1 for width in self.widths]
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    @cached_property
    def masks(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """All ways to be off by at most the radius, piece after piece, and where each piece's begin and end."""
        of_pieces = [_masks(width, radius) for width, radius in zip(self.widths, self.radii, strict=True)]
        return np.concatenate(of_pieces), np.cumsum([0, *map(len, of_pieces)]).astype(np.int64)


@lru_cache
def _masks(width: int, radius: int) -> NDArray[np.uint64]:
    return np.array(list(_ways(width, radius)), dtype=np.uint64)


def _ways(width: int, radius: int) -> Iterator[int]:
    for weight in range(radius + 1):
        for places in combinations(range(width), weight):
            yield sum(1 << place for place in places)


def _layout(pieces: int) -> Layout:
    width, wide = divmod(BITS, pieces)
    radius, far = divmod(REACH_BITS + 1 - pieces, pieces)
    # The wide pieces look further: their lists are shorter.
    widths = tuple(width + (place < wide) for place in range(pieces))
    return Layout(widths=widths, radii=tuple(radius + (place < far) for place in range(pieces)))


SMALL: Final = _layout(16)  # 16 bits each, radius 1
MIDDLE: Final = _layout(12)  # 21 and 22 bits, radius 1 and 2
LARGE: Final = _layout(11)  # 23 and 24 bits, radius 1 and 2
LAYOUTS: Final = (SMALL, MIDDLE, LARGE)


def layout_for(count: int) -> Layout:
    """The one that answers fastest for so many hashes (measured: docs/detection.md)."""
    if count < 400_000:
        return SMALL
    return MIDDLE if count < 1_400_000 else LARGE
