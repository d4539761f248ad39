"""Machine code beside the search: finding a digest, and what of the near rows counts."""

from typing import Any, Final

import numpy as np
from numba import types
from numpy.typing import NDArray

from haetae.detect.machine_code import compiled
from haetae.detect.matching.index.machine import bits_in, fetch_ahead

Words = NDArray[np.uint64]
Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]
whole: Any = np.int64  # as the machine counts
_AHEAD: Final = 16  # rows that are asked of memory before they are needed


def _read(kind: types.Type, axes: int) -> types.Array:
    return types.Array(kind, axes, "C", readonly=True)


_WORD_ROWS, _NUMBERS, _BYTES = _read(types.uint64, 2), _read(types.uint32, 1), _read(types.uint8, 1)


@compiled(types.int64(_NUMBERS, _WORD_ROWS, _read(types.uint64, 1), types.int64, types.int64))
def bound_kernel(order: Numbers, digests: Words, asked: Words, low: int, behind: int) -> int:
    """The first place from `low` on that is not before `asked`, or where `behind` is 1, that is after it."""
    high = order.size
    while low < high:
        middle = (low + high) >> 1
        row, before = order[middle], behind == 1
        for word in range(asked.size):
            if digests[row, word] != asked[word]:
                before = digests[row, word] < asked[word]
                break
        if before:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(types.UniTuple(types.int64, 2)(_NUMBERS, _WORD_ROWS, _read(types.uint64, 1)))
def stretch_kernel(order: Numbers, digests: Words, asked: Words) -> tuple[int, int]:
    """Where in `order`, which sorts the rows by their digest word by word, those equal to `asked` begin and end."""
    begin = bound_kernel(order, digests, asked, 0, 0)
    end = begin
    if begin < order.size and (digests[order[begin]] == asked).all():
        end = bound_kernel(order, digests, asked, begin, 1)
    return begin, end


@compiled(types.int64(_NUMBERS, _WORD_ROWS, _WORD_ROWS, types.boolean[::1]))
def hide_kernel(order: Numbers, digests: Words, asked: Words, hidden: Any) -> int:
    """Hide every row that is equal to one of the `asked`; returns how many rows there are of these."""
    count: int = whole(0)
    for one in range(asked.shape[0]):
        begin, end = stretch_kernel(order, digests, asked[one])
        for place in range(begin, end):
            hidden[order[place]] = True
        count += end - begin
    return count


@compiled(
    types.int64(
        types.int64[::1], types.uint32[::1], types.int64[::1], types.boolean[::1], _BYTES, _BYTES, types.uint8,
        _read(types.boolean, 1), _WORD_ROWS, _WORD_ROWS, types.int64, types.int64,
    ),
)  # fmt: skip
def judge_kernel(
    queries: Places, rows: Numbers, far: Places, agree: Any, reach_bits: Any, flags: Any, has_second: int,
    hidden: Any, known: Words, asked: Words, second_reach: int, fewest_steps: int,
) -> int:  # fmt: skip
    """Keep, in place, what its list reaches and nothing hides; returns how many, `agree` says where both families do.

    `hidden` has a place for each row, or none where nothing is hidden.
    """
    kept = 0
    for place in range(rows.size):
        if place + _AHEAD < rows.size:
            ahead = whole(rows[place + _AHEAD])
            fetch_ahead(known, ahead)
            fetch_ahead(flags, ahead)
            fetch_ahead(reach_bits, ahead)
        row, query = rows[place], queries[place]
        if far[place] > reach_bits[row] or (hidden.size and hidden[row]):
            continue
        apart, of_known, of_asked = 0, 0, 0
        for word in range(4):
            apart += whole(bits_in(known[row, word] ^ asked[query, word]))
            of_known += whole(bits_in(known[row, word]))
            of_asked += whole(bits_in(asked[query, word]))
        queries[kept], rows[kept], far[kept] = query, row, far[place]
        agree[kept] = (
            (flags[row] & has_second) != 0
            and apart <= second_reach
            and min(of_known, of_asked) >= fewest_steps
        )
        kept += 1
    return kept
