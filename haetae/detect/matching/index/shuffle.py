"""One fixed shuffle of the 256 bits: neighbouring bits of PDQ go together, and would fill few buckets of a table.

The distance between two hashes does not change. The order is drawn once, by a generator whose stream is promised
never to change, and must stay as it is: tables on disk are made with it.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
_SEED: Final = 20_261_125


@lru_cache
def order() -> NDArray[np.int64]:
    """Bit `order[place]` of a hash comes to `place`; counted from the lowest bit of the first word."""
    drawn = np.random.RandomState(_SEED).permutation(256)
    return drawn.astype(np.int64)


@lru_cache
def tables(*, back: bool = False) -> Words:
    """For each byte of a hash and each of its values the bits that it sets in the shuffled hash: 32 x 256 x 4."""
    place_of = np.argsort(order()) if not back else order()
    made = np.zeros((32, 256, 4), dtype=np.uint64)
    for byte in range(32):
        for bit in range(8):
            place = int(place_of[8 * byte + bit])
            has = (np.arange(256) >> bit & 1).astype(np.uint64)
            made[byte, :, place // 64] |= has << np.uint64(place % 64)
    return made


def shuffled(words: Words, *, back: bool = False) -> Words:
    """N x 4 words, each hash shuffled, or back in its own order."""
    if not len(words):  # the empty bank of a process that has read none yet: not worth a compiler
        return np.zeros((0, 4), dtype=np.uint64)
    from haetae.detect.matching.index.kernels import shuffle_kernel

    return shuffle_kernel(np.ascontiguousarray(words, dtype=np.uint64), tables(back=back))
