"""Machine code of the search: filling tables, looking into them, and looking at everything."""

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


def _read(kind: types.Type, axes: int) -> types.Array:
    return types.Array(kind, axes, "C", readonly=True)


_WORDS, _WORD_ROWS = _read(types.uint64, 1), _read(types.uint64, 2)
_PLACES, _NUMBERS, _NUMBER_ROWS = _read(types.int64, 1), _read(types.uint32, 1), _read(types.uint32, 2)
_FOUND = (types.int64[::1], types.int64[::1], types.int64[::1])
_PROBES_MOST: Final = (
    512  # more than any piece has masks; tests/detect/test_index.py holds layouts against it
)


@compiled(types.int64(_WORD_ROWS, types.int64, types.int64, types.int64), inline=True)
def piece_of(hashes: Words, row: int, start: int, width: int) -> int:
    """`width` bits of a hash from bit `start` on."""
    word, shift = start >> 6, start & 63
    bits = hashes[row, word] >> np.uint64(shift)
    if shift + width > 64:
        bits |= hashes[row, word + 1] << np.uint64(64 - shift)
    piece: int = whole(bits & np.uint64((1 << width) - 1))
    return piece


@compiled(types.uint64[:, ::1](_WORD_ROWS, _read(types.uint64, 3)))
def shuffle_kernel(words: Words, tables: Words) -> Words:
    """Each hash with its bits in another order, byte by byte as `tables` (32 x 256 x 4) say."""
    result = np.zeros(words.shape, dtype=np.uint64)
    for row in range(words.shape[0]):
        for byte in range(32):
            value = whole(words[row, byte >> 3] >> np.uint64(8 * (byte & 7)) & np.uint64(255))
            for word in range(4):
                result[row, word] |= tables[byte, value, word]
    return result


@compiled(
    types.void(_WORD_ROWS, _PLACES, _PLACES, _PLACES, types.uint32[::1], types.uint32[:, ::1]),
)
def fill_kernel(
    hashes: Words, starts: Places, widths: Places, tables: Places, offsets: Numbers, rows: Numbers
) -> None:
    """Counting sort of all hashes by each piece: `offsets` (one table behind the other) into `rows` (piece x N)."""
    for piece in range(starts.size):
        begin, start, width = tables[piece], starts[piece], widths[piece]
        table = offsets[begin : tables[piece + 1]]
        table[:] = 0
        for row in range(hashes.shape[0]):
            table[piece_of(hashes, row, start, width) + 1] += np.uint32(1)
        for bucket in range(1, table.size):
            table[bucket] += table[bucket - 1]
        for row in range(hashes.shape[0]):
            bucket = piece_of(hashes, row, start, width)
            rows[piece, table[bucket]] = np.uint32(row)
            table[bucket] += np.uint32(1)
        for bucket in range(table.size - 1, 0, -1):
            table[bucket] = table[bucket - 1]
        table[0] = 0


@compiled(types.int64(_WORD_ROWS, types.int64, _WORD_ROWS, types.int64), inline=True)
def distance_of(asked: Words, query: int, hashes: Words, row: int) -> int:
    """In bits."""
    distance: int = whole(
        bits_in(asked[query, 0] ^ hashes[row, 0])
        + bits_in(asked[query, 1] ^ hashes[row, 1])
        + bits_in(asked[query, 2] ^ hashes[row, 2])
        + bits_in(asked[query, 3] ^ hashes[row, 3])
    )
    return distance


@compiled(
    types.int64(_WORD_ROWS, types.int64, types.int64, _WORD_ROWS, types.int64, *_FOUND),
)
def scan_kernel(
    asked: Words,
    query: int,
    found: int,
    hashes: Words,
    reach: int,
    queries: Places,
    rows: Places,
    far: Places,
) -> int:
    """Look at every hash. Returns how many are found with these; more than there is room for are counted only."""
    for row in range(hashes.shape[0]):
        distance = distance_of(asked, query, hashes, row)
        if distance <= reach:
            if found < rows.size:
                queries[found], rows[found], far[found] = query, row, distance
            found += 1
    return found


@compiled(
    types.UniTuple(types.int64, 2)(
        _WORD_ROWS, types.int64, _WORD_ROWS, _NUMBERS, _NUMBER_ROWS, _PLACES, _PLACES, _PLACES, _PLACES, _WORDS,
        _PLACES, *_FOUND,
    ),
)  # fmt: skip
def search_kernel(
    asked: Words, reach: int, hashes: Words, offsets: Numbers, rows_by_piece: Numbers, starts: Places, widths: Places,
    radii: Places, tables: Places, masks: Words, mask_starts: Places, queries: Places, rows: Places, far: Places,
) -> tuple[int, int]:  # fmt: skip
    """For each of the `asked` hashes all that differ in at most `reach` (<= 31) bits, each once.

    Returns how many are found (more than there is room for are counted only) and how many were compared. A
    query whose buckets hold more than a quarter of everything, as after a flood of alike hashes, is answered
    by looking at everything instead, so that none costs much more than that.
    """
    first = np.empty(_PROBES_MOST, dtype=np.int64)
    last = np.empty(_PROBES_MOST, dtype=np.int64)
    found, compared = 0, 0
    budget = hashes.shape[0] // 4 + 64
    for query in range(asked.shape[0]):
        found_before, spent = found, 0
        for piece in range(starts.size):
            key = np.uint64(piece_of(asked, query, starts[piece], widths[piece]))
            begin, from_mask, to_mask = tables[piece], mask_starts[piece], mask_starts[piece + 1]
            for mask in range(from_mask, to_mask):
                fetch_ahead(offsets, begin + whole(key ^ masks[mask]))
            probes = 0
            for mask in range(from_mask, to_mask):
                bucket = begin + whole(key ^ masks[mask])
                one, behind = whole(offsets[bucket]), whole(offsets[bucket + 1])
                if one < behind:
                    first[probes], last[probes] = one, behind
                    probes += 1
                    spent += behind - one
            if spent > budget:
                break
            held = rows_by_piece[piece]
            for probe in range(probes):
                fetch_ahead(held, first[probe])
            for probe in range(probes):
                for place in range(first[probe], last[probe]):
                    fetch_ahead(hashes, whole(held[place]))
            for probe in range(probes):
                for place in range(first[probe], last[probe]):
                    row = whole(held[place])
                    distance = distance_of(asked, query, hashes, row)
                    if distance <= reach:
                        fresh = True
                        for earlier in range(piece):
                            apart = piece_of(asked, query, starts[earlier], widths[earlier]) ^ piece_of(
                                hashes, row, starts[earlier], widths[earlier]
                            )
                            if whole(bits_in(np.uint64(apart))) <= radii[earlier]:
                                fresh = False
                                break
                        if fresh:
                            if found < rows.size:
                                queries[found], rows[found], far[found] = query, row, distance
                            found += 1
        compared += spent
        if spent > budget:
            compared += hashes.shape[0]
            found = scan_kernel(asked, query, found_before, hashes, reach, queries, rows, far)
    return found, compared
