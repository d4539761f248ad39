"""Rows in the order of their digests, to find the same digest again."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Numbers = NDArray[np.uint32]


@dataclass(frozen=True)
class Order:
    """`rows` sorts those rows of `digests` (N x words) that have one."""

    rows: Numbers
    digests: Words

    @classmethod
    def of(cls, digests: Words, *, rows: NDArray[Any]) -> Self:
        held = np.ascontiguousarray(digests)
        first = held[rows, 0]
        by_first = np.argsort(first, kind="stable")
        order, first = rows[by_first].astype(np.uint32), first[by_first]
        alike = np.zeros(len(order), dtype=bool)
        alike[1:] = first[1:] == first[:-1]
        alike[:-1] |= alike[1:]
        if alike.any():  # only these need their other words
            some = order[alike]
            order[alike] = some[np.lexsort([held[some, word] for word in reversed(range(held.shape[1]))])]
        order.flags.writeable = False
        return cls(order, held)

    def equal_to(self, words: Words) -> Numbers:
        """The rows with exactly this digest (its words)."""
        from haetae.detect.matching.kernels import stretch_kernel

        begin, end = stretch_kernel(self.rows, self.digests, words)
        return self.rows[begin:end]
