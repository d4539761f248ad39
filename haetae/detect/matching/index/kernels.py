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
# So many hashes are asked of memory before the first is needed: half of the nearest cache.
_CANDIDATES: Final = 512
# Measured: a hash picked out of memory costs about 20 times as much as one that is passed in a sweep; hashes of a
# crowd lie together, and cost about three times as much.
_DEAR: Final = 20
_SEMI_DEAR: Final = 3
_FEW: Final = 2_000


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


@compiled(types.boolean(_NUMBERS, types.int64))
def check_offsets_kernel(table: Numbers, count: int) -> bool:
    """Whether these begin with nothing, never fall, and end with `count`."""
    falls = False
    for bucket in range(1, table.size):
        falls |= table[bucket] < table[bucket - 1]
    return not falls and table[0] == 0 and whole(table[-1]) == count


@compiled(types.UniTuple(types.int64, 2)(_NUMBERS))
def check_rows_kernel(rows: Numbers) -> tuple[int, int]:
    """The largest, and the sum."""
    most, total = np.uint32(0), np.int64(0)
    for row in rows:
        most = max(most, row)
        total += np.int64(row)
    return whole(most), whole(total)


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
    types.int64(_WORD_ROWS, types.int64, types.int64, _WORD_ROWS, types.int64, types.int64, *_FOUND),
)
def scan_kernel(
    asked: Words,
    query: int,
    found: int,
    hashes: Words,
    from_row: int,
    reach: int,
    queries: Places,
    rows: Places,
    far: Places,
) -> int:
    """Look at every hash from a row on. Returns `found` and those found here; beyond the room they are only counted."""
    for row in range(from_row, hashes.shape[0]):
        distance = distance_of(asked, query, hashes, row)
        if distance <= reach:
            if found < rows.size:
                queries[found], rows[found], far[found] = query, row, distance
            found += 1
    return found


@compiled(
    types.int64(
        _WORD_ROWS, types.int64, types.int64, types.int64, _WORD_ROWS, _read(types.uint32, 1), _read(types.uint8, 1),
        types.int64, _PLACES, _PLACES, _PLACES, *_FOUND,
    ),
)  # fmt: skip
def compare_kernel(
    asked: Words, query: int, found: int, reach: int, hashes: Words, candidates: Numbers, pieces: Any,
    count: int, starts: Places, widths: Places, radii: Places, queries: Places, rows: Places, far: Places,
) -> int:  # fmt: skip
    """Compare `count` candidates; each is told only by the first piece that finds it."""
    for place in range(count):
        row = whole(candidates[place])
        distance = distance_of(asked, query, hashes, row)
        if distance <= reach:
            fresh = True
            for earlier in range(pieces[place]):
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
    return found


@compiled(
    types.UniTuple(types.int64, 4)(
        _WORD_ROWS, types.int64, types.int64, _WORD_ROWS, types.int64, _NUMBERS, _NUMBER_ROWS, _PLACES, _PLACES,
        _PLACES, _PLACES, _WORDS, _PLACES, *_FOUND,
    ),
)  # fmt: skip
def search_kernel(
    asked: Words, query: int, reach: int, hashes: Words, crowd_from: int, offsets: Numbers, rows_by_piece: Numbers,
    starts: Places, widths: Places, radii: Places, tables: Places, masks: Words,
    mask_starts: Places, queries: Places, rows: Places, far: Places,
) -> tuple[int, int, int, int]:  # fmt: skip
    """From `query` on, for each of the `asked` hashes all that differ in at most `reach` (<= 31) bits, each once.

    Returns the query that found more than there was room left for (or how many were asked), how many were found
    before it, how many it found, and how many hashes were compared. Without pieces every hash is looked at. Rows
    from `crowd_from` on are those of crowded buckets: they are looked at in one sweep where that costs less than
    picking some of them out. Whoever would pick too many looks at everything instead. So a flood of alike hashes
    makes no question much slower than passing over them once.
    """
    first = np.empty(masks.size, dtype=np.uint32)
    last = np.empty(masks.size, dtype=np.uint32)
    probes_until = np.empty(starts.size, dtype=np.int64)
    candidates = np.empty(_CANDIDATES, dtype=np.uint32)
    pieces = np.empty(_CANDIDATES, dtype=np.uint8)
    count, found, compared = hashes.shape[0], 0, 0
    while query < asked.shape[0]:
        found_before = found
        for piece in range(starts.size):
            key = piece_of(asked, query, starts[piece], widths[piece])
            begin = tables[piece]
            for mask in range(mask_starts[piece], mask_starts[piece + 1]):
                fetch_ahead(offsets, begin + (key ^ whole(masks[mask])))
        probes, near_by = 0, 0
        for piece in range(starts.size):
            key = piece_of(asked, query, starts[piece], widths[piece])
            begin = tables[piece]
            held = rows_by_piece[piece]
            for mask in range(mask_starts[piece], mask_starts[piece + 1]):
                bucket = begin + (key ^ whole(masks[mask]))
                one, behind = offsets[bucket], offsets[bucket + 1]
                if one < behind:
                    fetch_ahead(held, whole(one))
                    first[probes], last[probes] = one, behind
                    probes += 1
                    near_by += whole(behind) - whole(one)
            probes_until[piece] = probes
        limit, picked = count, 0
        if _SEMI_DEAR * near_by > count - crowd_from:
            limit = crowd_from
            found = scan_kernel(asked, query, found, hashes, crowd_from, reach, queries, rows, far)
            compared += count - crowd_from
        everything = starts.size == 0
        held_back, probe = 0, 0
        for piece in range(starts.size):
            held = rows_by_piece[piece]
            while probe < probes_until[piece] and not everything:
                for place in range(whole(first[probe]), whole(last[probe])):
                    row = whole(held[place])
                    if row >= limit:
                        break  # rows of a bucket rise, so the rest is of the crowd too
                    fetch_ahead(hashes, row)
                    candidates[held_back], pieces[held_back] = row, piece
                    held_back += 1
                    if held_back == _CANDIDATES:
                        found = compare_kernel(
                            asked, query, found, reach, hashes, candidates, pieces, held_back, starts, widths,
                            radii, queries, rows, far,
                        )  # fmt: skip
                        picked += held_back
                        held_back = 0
                        everything = _DEAR * picked > count + _FEW
                        if everything:
                            break
                probe += 1
        if everything:
            found = scan_kernel(asked, query, found_before, hashes, 0, reach, queries, rows, far)
            picked += count
        else:
            found = compare_kernel(
                asked, query, found, reach, hashes, candidates, pieces, held_back, starts, widths, radii, queries,
                rows, far,
            )  # fmt: skip
            picked += held_back
        compared += picked
        if found > rows.size:
            return query, found_before, found - found_before, compared
        query += 1
    return query, found, 0, compared
