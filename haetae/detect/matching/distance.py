"""Hamming distances between hashes of 256 bits, exact: every pair is counted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]


def words_of(hashes: Sequence[str]) -> Words:
    """Pack hashes of 64 hex digits into a matrix of len(hashes) x 4 words."""
    return np.frombuffer(bytes.fromhex("".join(hashes)), dtype=np.uint64).reshape(-1, 4)


def distances_bits(one: str, *, many: Words) -> NDArray[np.int64]:
    distances: NDArray[np.int64] = np.bitwise_count(many ^ words_of([one])).sum(axis=1, dtype=np.int64)
    return distances


def distance_bits(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bits_set(hash_: str) -> int:
    return int(hash_, 16).bit_count()
